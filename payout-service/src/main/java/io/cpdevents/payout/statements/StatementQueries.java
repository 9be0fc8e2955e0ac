package io.cpdevents.payout.statements;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.payout.payouts.PayoutQueries;
import io.cpdevents.payout.payouts.PayoutView;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The read side of statements. */
@Component
public class StatementQueries {

  private final PayoutQueries payouts;
  private final Statements statements;

  StatementQueries(PayoutQueries payouts, Statements statements) {
    this.payouts = payouts;
    this.statements = statements;
  }

  /**
   * What a payout pays, for owner and finance of its organization, and for platform finance.
   *
   * @throws RuleViolation {@code payout-not-found} or {@code role-missing}
   */
  public StatementView statement(UUID payoutId, Caller caller) {
    PayoutView payout = payouts.payout(payoutId, caller);
    List<StatementLine> lines = new ArrayList<>();
    Money carriedOver = statements.carriedOver(payoutId);
    if (!carriedOver.isZero()) {
      lines.add(StatementLine.carriedOver(carriedOver, payout.requestedAt()));
    }
    lines.addAll(statements.lines(payoutId));
    return new StatementView(
        payout,
        statements.organizationName(payout.organizationId()).orElse(null),
        lines,
        StatementTotals.of(lines, payout.amount()));
  }

  /**
   * Which entries a payout pays.
   *
   * @throws RuleViolation {@code payout-not-found}
   */
  public PayoutEntriesView entries(UUID payoutId) {
    return statements.entries(payoutId).orElseThrow(PayoutProblem.PAYOUT_NOT_FOUND::violation);
  }
}
