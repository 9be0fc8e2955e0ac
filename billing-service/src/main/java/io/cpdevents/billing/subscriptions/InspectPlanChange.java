package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.plans.Plan;
import io.cpdevents.billing.plans.PlanQueries;
import io.cpdevents.billing.stripe.StripeInvoices;
import io.cpdevents.billing.stripe.StripeInvoices.Collection.Declined;
import io.cpdevents.billing.stripe.StripeInvoices.Collection.NeedsAuthentication;
import io.cpdevents.billing.stripe.StripeInvoices.Collection.UnderWay;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.billing.stripe.StripeSubscription.Status;
import io.cpdevents.platform.stripe.StripeRefused;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What became of a change of plan is read from its subscription and the invoice that it waits for.
 * What was declined is dropped at once, so that nothing of it can be paid later.
 */
@Component
class InspectPlanChange {

  /**
   * What is known.
   *
   * @param told its subscription as it is now
   * @param isAnswered whether Stripe has answered the request for the change: before that, what is
   *     not there may still come
   */
  record Command(PlanChange change, StripeSubscription told, boolean isAnswered) {}

  private static final String UNKNOWN_DECLINE = "generic_decline";

  private final PlanQueries plans;
  private final DropPlanChange drop;
  private final StripeInvoices invoices;

  InspectPlanChange(PlanQueries plans, DropPlanChange drop, StripeInvoices invoices) {
    this.plans = plans;
    this.drop = drop;
    this.invoices = invoices;
  }

  /** What was seen; empty when nothing is decided. */
  Optional<SeenPlanChange> handle(Command command) {
    StripeSubscription told = command.told();
    if (told.status() == Status.ENDED) {
      return Optional.of(SeenPlanChange.of(PlanChangeTrigger.LAPSED));
    }
    return switch (command.change().kind()) {
      case PURCHASE -> purchase(command);
      case UPGRADE -> upgrade(command);
      case DOWNGRADE -> downgrade(command);
    };
  }

  private Optional<SeenPlanChange> purchase(Command command) {
    return command.told().status() == Status.OPEN
        ? collection(command)
        : Optional.of(SeenPlanChange.of(PlanChangeTrigger.APPLIED));
  }

  private Optional<SeenPlanChange> upgrade(Command command) {
    if (command.told().pendingUntil() != null) {
      return collection(command);
    }
    return command.told().status() == Status.ACTIVE && hasPlan(command)
        ? Optional.of(SeenPlanChange.of(PlanChangeTrigger.APPLIED))
        : nothing(command);
  }

  private Optional<SeenPlanChange> downgrade(Command command) {
    if (hasPlan(command)) {
      return Optional.of(SeenPlanChange.of(PlanChangeTrigger.APPLIED));
    }
    if (command.told().scheduleId() == null) {
      return nothing(command);
    }
    return command.isAnswered()
        ? Optional.of(SeenPlanChange.of(PlanChangeTrigger.SCHEDULED))
        : Optional.empty();
  }

  private boolean hasPlan(Command command) {
    return plans
        .ofProduct(command.told().item().productId())
        .map(Plan::id)
        .filter(command.change().planId()::equals)
        .isPresent();
  }

  private static Optional<SeenPlanChange> nothing(Command command) {
    boolean mayCome =
        command.change().status() == PlanChangeStatus.REQUESTED && !command.isAnswered();
    return mayCome ? Optional.empty() : Optional.of(SeenPlanChange.of(PlanChangeTrigger.LAPSED));
  }

  private Optional<SeenPlanChange> collection(Command command) {
    String invoiceId = command.told().latestInvoiceId();
    if (invoiceId == null) {
      return Optional.empty();
    }
    return switch (invoices.collection(invoiceId)) {
      case UnderWay _ -> Optional.empty();
      case NeedsAuthentication(String url) -> Optional.of(SeenPlanChange.needsAuthentication(url));
      case Declined declined -> {
        String code = Objects.requireNonNullElse(declined.declineCode(), UNKNOWN_DECLINE);
        yield isDropped(command) ? Optional.of(SeenPlanChange.declined(code)) : Optional.empty();
      }
    };
  }

  /** False when it was paid meanwhile: it is looked at again. */
  private boolean isDropped(Command command) {
    try {
      drop.handle(new DropPlanChange.Command(command.change(), command.told()));
      return true;
    } catch (StripeRefused refused) {
      return false;
    }
  }
}
