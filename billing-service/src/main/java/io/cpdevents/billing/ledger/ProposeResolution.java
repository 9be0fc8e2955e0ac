package io.cpdevents.billing.ledger;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
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

/** Finance says where the money of a break belongs, and a second person will decide about it. */
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

  private final BreaksMoney money;
  private final BreakResolutions resolutions;
  private final AuditTrail audit;
  private final Clock clock;

  ProposeResolution(
      BreaksMoney money, BreakResolutions resolutions, AuditTrail audit, Clock clock) {
    this.money = money;
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
    BreaksMoney.Locked locked = money.lock(command.breakId());
    Break about = locked.about();
    if (resolutions.has(command.resolutionId(), about.id())) {
      return;
    }
    if (about.resolved()) {
      throw BillingProblem.BREAK_RESOLVED.violation();
    }
    BreakMoney.Standing standing =
        locked.standing().orElseThrow(() -> BillingProblem.BREAK_NOT_RESOLVABLE.violation());
    LedgerAccount account = allowed(command.account(), about.kind(), standing);
    Money amount =
        money
            .postable(locked, account)
            .orElseThrow(() -> BillingProblem.BREAK_NOT_RESOLVABLE.violation())
            .amount();
    if (!resolutions.insert(command, amount, clock.instant())) {
      throw BillingProblem.RESOLUTION_PROPOSED.violation();
    }
    audit.record(
        "break-resolution.proposed",
        "break",
        about.id().toString(),
        null,
        new Change(
            Map.of(),
            Map.of(
                "resolutionId", command.resolutionId().toString(),
                "account", command.account(),
                "amount", amount.amountMinor() + " " + amount.currency())));
  }

  private LedgerAccount allowed(String name, BreakKind kind, BreakMoney.Standing standing) {
    LedgerAccount account =
        kind.account(name)
            .orElseThrow(() ->
                CommonProblem.INVALID_REQUEST.violation(
                    List.of(FieldProblem.WRONG_TYPE.at("account", kind.allowedAccounts()))));
    UUID organizationId = account.organizationId();
    UUID onlyOne = standing.organizationId();
    boolean isOther = organizationId != null && onlyOne != null && !organizationId.equals(onlyOne);
    if (isOther || (organizationId != null && !resolutions.isKnown(organizationId))) {
      throw FieldProblem.NOT_FOUND.on("account");
    }
    return account;
  }
}
