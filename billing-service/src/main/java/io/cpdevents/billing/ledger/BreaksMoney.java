package io.cpdevents.billing.ledger;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What can be posted about breaks, and a break under its lock: every feature's {@link BreakMoney}.
 */
@Component
class BreaksMoney {

  /** A locked break with what can be posted about it; empty when nothing can. */
  record Locked(Break about, Optional<BreakMoney.Standing> standing) {}

  private final Breaks breaks;
  private final Map<BreakKind, BreakMoney> byKind = new HashMap<>();

  BreaksMoney(Breaks breaks, List<BreakMoney> all) {
    this.breaks = breaks;
    all.forEach(money -> money.kinds().forEach(kind -> byKind.put(kind, money)));
  }

  /**
   * Locks what a break is about, and then the break.
   *
   * @throws RuleViolation 404 {@code break-not-found}
   */
  Locked lock(UUID breakId) {
    Break seen = breaks.find(breakId).orElseThrow(() -> BillingProblem.BREAK_NOT_FOUND.violation());
    Optional<BreakMoney.Standing> standing =
        Optional.ofNullable(byKind.get(seen.kind())).flatMap(money -> money.lock(seen));
    return new Locked(breaks.lock(breakId).orElseThrow(), standing);
  }

  /** What can be posted to an account that people have chosen; empty when nothing can. */
  Optional<BreakMoney.Standing> postable(Locked locked, LedgerAccount account) {
    return Optional.ofNullable(byKind.get(locked.about().kind()))
        .flatMap(money ->
            locked
                .standing()
                .flatMap(standing -> money.postable(locked.about(), standing, account)));
  }

  /** Lets what a break is about follow its posting. */
  void posted(Break about, LedgerAccount account, BreakMoney.Standing standing) {
    BreakMoney money = byKind.get(about.kind());
    if (money != null) {
      money.posted(about, account, standing);
    }
  }
}
