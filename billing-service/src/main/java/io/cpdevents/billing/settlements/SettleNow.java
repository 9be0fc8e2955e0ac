package io.cpdevents.billing.settlements;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks Stripe at once about an object, when an operator requests it. */
@Component
public class SettleNow {

  /** What an operator asks about. */
  public record Command(SettlementKind kind, String subjectId, UUID operatorId) {}

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final Pattern OUR_ID =
      Pattern.compile("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");

  private final CompareWithStripe compareWithStripe;
  private final Settlements settlements;
  private final Map<SettlementKind, StripeLookup> lookups;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;

  SettleNow(
      CompareWithStripe compareWithStripe,
      Settlements settlements,
      List<StripeLookup> lookups,
      AuditTrail audit,
      TransactionTemplate transaction) {
    this.compareWithStripe = compareWithStripe;
    this.settlements = settlements;
    this.lookups =
        lookups.stream()
            .collect(Collectors.toUnmodifiableMap(StripeLookup::kind, Function.identity()));
    this.audit = audit;
    this.transaction = transaction;
  }

  /**
   * Asks, and records the outcome, also when nothing has changed.
   *
   * @throws RuleViolation 404 {@code subject-not-found}, 503 {@code stripe-unavailable}
   */
  public Settlement handle(Command command) {
    if (!isKnown(command)) {
      throw BillingProblem.SUBJECT_NOT_FOUND.violation();
    }
    Settlement settlement = ask(command);
    transaction.executeWithoutResult(_ -> {
      settlements.insert(settlement);
      audit.record(
          "settlement.requested",
          "settlement",
          settlement.id().toString(),
          null,
          new Change(Map.of("status", settlement.before()), Map.of("status", settlement.after()))
              .with(Map.of("subjectId", settlement.subjectId())));
    });
    return settlement;
  }

  private boolean isKnown(Command command) {
    boolean wellFormed =
        switch (command.kind()) {
          case CHECKOUT, REFUND, DISPUTE, SUBSCRIPTION, PLAN_CHANGE ->
              OUR_ID.matcher(command.subjectId()).matches();
          case PAYMENT_INTENT, CHARGE -> true;
        };
    return wellFormed && settlements.belief(command.kind(), command.subjectId()).isPresent();
  }

  private Settlement ask(Command command) {
    StripeLookup lookup = lookups.get(command.kind());
    if (lookup == null) {
      throw new IllegalStateException("no lookup for " + command.kind());
    }
    try {
      return compareWithStripe.handle(
          new SettleUnknown.Command(
              command.kind(), command.subjectId(), () -> lookup.ask(command.subjectId())),
          command.operatorId());
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    }
  }
}
