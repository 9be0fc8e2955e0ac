package io.cpdevents.billing.ledger;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finance says what money in suspense is, and a second person will decide about it. */
@Component
public class ProposeResolution {

  /**
   * Where the money goes.
   *
   * @param resolutionId the same when it is repeated
   * @param account by its name in the ledger
   */
  public record Command(
      UUID resolutionId, UUID breakId, String account, String reason, UUID proposerId) {}

  private final Breaks breaks;
  private final BreakResolutions resolutions;
  private final AuditTrail audit;
  private final Clock clock;

  ProposeResolution(Breaks breaks, BreakResolutions resolutions, AuditTrail audit, Clock clock) {
    this.breaks = breaks;
    this.resolutions = resolutions;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Proposes, once.
   *
   * @throws RuleViolation 404 {@code break-not-found}, 400 for an account that the break does not
   *     allow, 409 {@code break-resolved}, {@code break-not-resolvable}, {@code
   *     resolution-proposed}
   */
  @Transactional
  public void handle(Command command) {
    Break about =
        breaks
            .lock(command.breakId())
            .orElseThrow(() -> BillingProblem.BREAK_NOT_FOUND.violation());
    if (resolutions.isThere(command.resolutionId(), about.id())) {
      return;
    }
    if (about.resolved()) {
      throw BillingProblem.BREAK_RESOLVED.violation();
    }
    Money amount = breaks.inSuspense(about);
    List<String> allowed = about.kind().allowedAccounts();
    if (allowed.isEmpty() || amount.isZero()) {
      throw BillingProblem.BREAK_NOT_RESOLVABLE.violation();
    }
    requireAllowed(command.account(), allowed);
    if (!resolutions.insert(command, amount, clock.instant())) {
      throw BillingProblem.RESOLUTION_PROPOSED.violation();
    }
    audit.record(
        "break-resolution.proposed",
        "break",
        about.id().toString(),
        null,
        Map.of(
            "resolutionId", command.resolutionId().toString(),
            "account", command.account(),
            "amount", amount.amountMinor() + " " + amount.currency()));
  }

  private void requireAllowed(String name, List<String> allowed) {
    LedgerAccount account =
        ResolutionAccounts.named(name)
            .orElseThrow(() ->
                CommonProblem.INVALID_REQUEST.violation(
                    List.of(FieldProblem.WRONG_TYPE.at("account", allowed))));
    UUID organizationId = account.organizationId();
    if (organizationId != null && !resolutions.isKnown(organizationId)) {
      throw FieldProblem.NOT_FOUND.on("account");
    }
  }
}
