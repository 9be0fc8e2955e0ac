package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.plans.EnsurePrice;
import io.cpdevents.billing.plans.Plan;
import io.cpdevents.billing.plans.PlanQueries;
import io.cpdevents.billing.stripe.StripeInvoice;
import io.cpdevents.billing.stripe.StripeInvoices;
import io.cpdevents.billing.stripe.StripeInvoices.Collection.Declined;
import io.cpdevents.billing.stripe.StripeInvoices.Collection.NeedsAuthentication;
import io.cpdevents.billing.stripe.StripeInvoices.Collection.UnderWay;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.billing.stripe.StripeSubscription.Status;
import io.cpdevents.billing.stripe.StripeSubscriptions;
import io.cpdevents.platform.stripe.StripeRefused;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

  private static final Logger log = LoggerFactory.getLogger(InspectPlanChange.class);
  private static final String UNKNOWN_DECLINE = "generic_decline";

  private final PlanQueries plans;
  private final EnsurePrice ensurePrice;
  private final DropPlanChange drop;
  private final StripeSubscriptions stripe;
  private final StripeInvoices invoices;

  InspectPlanChange(
      PlanQueries plans,
      EnsurePrice ensurePrice,
      DropPlanChange drop,
      StripeSubscriptions stripe,
      StripeInvoices invoices) {
    this.plans = plans;
    this.ensurePrice = ensurePrice;
    this.drop = drop;
    this.stripe = stripe;
    this.invoices = invoices;
  }

  /** What was seen; empty when nothing is decided. */
  Optional<SeenPlanChange> handle(Command command) {
    StripeSubscription told = command.told();
    if (told.status() == Status.ENDED) {
      return Optional.of(over(command));
    }
    return switch (command.change().kind()) {
      case PURCHASE -> purchase(command);
      case UPGRADE -> upgrade(command);
      case DOWNGRADE -> downgrade(command);
    };
  }

  /** A purchase has no plan that could have ended: what has is what it would have bought. */
  private SeenPlanChange over(Command command) {
    SeenPlanChange seen = lapsed(command);
    return command.change().kind() == PlanChange.Kind.PURCHASE
            || seen.trigger() != PlanChangeTrigger.LAPSED
        ? seen
        : SeenPlanChange.of(PlanChangeTrigger.PLAN_ENDED);
  }

  private Optional<SeenPlanChange> purchase(Command command) {
    return command.told().status() == Status.OPEN
        ? collection(command)
        : Optional.of(SeenPlanChange.of(PlanChangeTrigger.APPLIED));
  }

  private Optional<SeenPlanChange> upgrade(Command command) {
    StripeSubscription told = command.told();
    boolean isUnpaid = told.status() == Status.PAST_DUE;
    if (told.pendingUntil() != null) {
      return isUnpaid ? dropped(command) : collection(command);
    }
    return (isUnpaid || told.status() == Status.ACTIVE) && hasPlan(command)
        ? Optional.of(SeenPlanChange.applied(isCharged(told)))
        : nothing(command);
  }

  /** Nobody pays for a larger plan while the month of the present one is not paid. */
  private Optional<SeenPlanChange> dropped(Command command) {
    return isDropped(command)
        ? Optional.of(SeenPlanChange.of(PlanChangeTrigger.LAPSED))
        : Optional.empty();
  }

  /** A change that gives something back is applied, too. */
  private boolean isCharged(StripeSubscription told) {
    return Optional.ofNullable(told.latestInvoiceId())
        .flatMap(invoices::invoice)
        .filter(invoice -> invoice.status() == StripeInvoice.Status.PAID)
        .filter(invoice -> invoice.total().isPositive())
        .isPresent();
  }

  private Optional<SeenPlanChange> downgrade(Command command) {
    if (hasPlan(command)) {
      return Optional.of(SeenPlanChange.of(PlanChangeTrigger.APPLIED));
    }
    String scheduleId = command.told().scheduleId();
    if (scheduleId == null) {
      return nothing(command);
    }
    if (!command.isAnswered()) {
      return Optional.empty();
    }
    if (isScheduled(command.change(), scheduleId)) {
      return Optional.of(SeenPlanChange.of(PlanChangeTrigger.SCHEDULED));
    }
    letGoOfNothing(command, scheduleId);
    return nothing(command);
  }

  /** A schedule that nothing follows would decide until its end whether the plan renews. */
  private void letGoOfNothing(Command command, String scheduleId) {
    if (stripe.schedule(scheduleId).nextPriceId() == null && !isDropped(command)) {
      log.warn("Stripe does not release {}, in which nothing follows", scheduleId);
    }
  }

  /**
   * Stripe may have made the schedule and refused the other price in it. Once that is there it is
   * not asked for again: when its month begins nothing follows any more.
   */
  private boolean isScheduled(PlanChange change, String scheduleId) {
    return change.status() != PlanChangeStatus.REQUESTED
        || ensurePrice
            .handle(change.planId(), change.currency())
            .equals(stripe.schedule(scheduleId).nextPriceId());
  }

  private boolean hasPlan(Command command) {
    return plans
        .ofProduct(command.told().item().productId())
        .map(Plan::id)
        .filter(command.change().planId()::equals)
        .isPresent();
  }

  private Optional<SeenPlanChange> nothing(Command command) {
    boolean mayCome =
        command.change().status() == PlanChangeStatus.REQUESTED && !command.isAnswered();
    return mayCome ? Optional.empty() : Optional.of(lapsed(command));
  }

  /** Whoever looked a moment ago may have dropped what was declined, and not said so yet. */
  private SeenPlanChange lapsed(Command command) {
    String invoiceId = command.told().latestInvoiceId();
    boolean mayBeDeclined =
        command.change().status() == PlanChangeStatus.REQUESTED
            && command.change().kind() != PlanChange.Kind.DOWNGRADE;
    return Optional.ofNullable(mayBeDeclined ? invoiceId : null)
        .flatMap(invoices::declineOfVoid)
        .map(SeenPlanChange::declined)
        .orElseGet(() -> SeenPlanChange.of(PlanChangeTrigger.LAPSED));
  }

  private Optional<SeenPlanChange> collection(Command command) {
    String invoiceId = command.told().latestInvoiceId();
    if (invoiceId == null) {
      return Optional.empty();
    }
    // Stripe tells of what it is still working on: its answer says what came of that.
    if (command.change().status() == PlanChangeStatus.REQUESTED && !command.isAnswered()) {
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
