package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.invoices.Invoice;
import io.cpdevents.billing.invoices.InvoiceListener;
import io.cpdevents.billing.invoices.InvoiceQueries;
import io.cpdevents.billing.stripe.StripeInvoice;
import io.cpdevents.contracts.billing.SubscriptionEvent.EarlierMonthLeftOpen;
import io.cpdevents.contracts.billing.SubscriptionEvent.GraceStarted;
import io.cpdevents.contracts.billing.SubscriptionEvent.RenewalFailed;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialPaid;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * People are told when the first month after a trial is paid, and when one could not be charged:
 * once for each attempt of Stripe, and when it was the last one. The plan stays for some time then.
 * What is open of an earlier month while a later one is paid is told, too.
 */
@Component
class FollowInvoices implements InvoiceListener {

  /** An invoice that could not be charged; {@link InvoiceListener#changed} says what they are. */
  private record Failed(@Nullable Invoice before, Invoice after, long question) {}

  private final Subscriptions subscriptions;
  private final PlanChanges changes;
  private final InvoiceQueries invoices;
  private final SaveSubscription save;
  private final Outbox outbox;
  private final Clock clock;

  FollowInvoices(
      Subscriptions subscriptions,
      PlanChanges changes,
      InvoiceQueries invoices,
      SaveSubscription save,
      Outbox outbox,
      Clock clock) {
    this.subscriptions = subscriptions;
    this.changes = changes;
    this.invoices = invoices;
    this.save = save;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public boolean changed(@Nullable Invoice before, Invoice after, long question) {
    boolean isNewlyPaid = after.isPaid() && (before == null || !before.isPaid());
    boolean hasFailed = after.hasFailedSince(before);
    Instant askedAgain = after.askedAgainAt();
    if (askedAgain != null) {
      subscriptions.checkBy(after.organizationId(), askedAgain);
    }
    if (!isNewlyPaid && !hasFailed) {
      return true;
    }
    Optional<Subscription> locked = subscriptions.lock(after.organizationId());
    changes.checkNow(after.organizationId(), clock.instant());
    Subscription subscription = locked.filter(found -> after.isOf(found.stripeId())).orElse(null);
    if (subscription == null) {
      return true;
    }
    if (hasFailed) {
      return failed(subscription, new Failed(before, after, question));
    }
    if (after.told().total().isPositive()) {
      // Stripe makes an invoice of nothing for the trial itself.
      paid(subscription, after);
      tellWhatIsLeftOpen(subscription, after);
    }
    return true;
  }

  /** What is paid of a plan is not always its oldest month: that one waits for a person. */
  private void tellWhatIsLeftOpen(Subscription subscription, Invoice paid) {
    if (paid.told().isOfNextPeriod()) {
      invoices
          .leftOpenBefore(paid.requiredSubscription(), paid.told().periodStart())
          .forEach(left -> outbox.append(leftOpen(subscription, left)));
    }
  }

  private EarlierMonthLeftOpen leftOpen(Subscription subscription, Invoice left) {
    return new EarlierMonthLeftOpen(
        subscription.organizationId(),
        subscription.subscribedPlanId(),
        left.told().remaining().toAmount(),
        left.told().periodStart(),
        clock.instant());
  }

  private boolean failed(Subscription subscription, Failed failed) {
    Invoice invoice = failed.after();
    // What a change costs can be declined while the month is paid.
    if (!invoice.told().isOfNextPeriod() && !subscription.isInArrears()) {
      return true;
    }
    Instant next = invoice.told().nextAttemptAt();
    if (isOfEarlierMonth(subscription, invoice)) {
      // The plan goes on with the month that is paid.
      if (next == null) {
        outbox.append(leftOpen(subscription, invoice));
      }
      return true;
    }
    if (next == null) {
      Instant now = clock.instant();
      return subscription
          .exhausted(invoice.failedAt(failed.before(), now), now)
          .map(grace -> exhausted(grace, invoice, failed.question()))
          .orElse(true);
    }
    // In a grace it is another card that Stripe tries again.
    if (subscription.isExpectedToPay() || subscription.isInArrears()) {
      outbox.append(
          new RenewalFailed(
              subscription.organizationId(),
              subscription.subscribedPlanId(),
              invoice.told().attempts(),
              invoice.told().remaining().toAmount(),
              next,
              clock.instant(),
              declineCode(invoice)));
    }
    return true;
  }

  private static @Nullable String declineCode(Invoice invoice) {
    StripeInvoice.Failure failure = invoice.told().failure();
    return failure == null ? null : failure.declineCode();
  }

  private boolean isOfEarlierMonth(Subscription subscription, Invoice invoice) {
    return !subscription.isInArrears()
        && subscriptions
            .period(subscription.organizationId())
            .filter(present -> !invoice.told().periodEnd().isAfter(present.start()))
            .isPresent();
  }

  /**
   * The grace begins. What Stripe has said about the subscription is put in order with it: neither
   * does an earlier answer that comes late end it, nor does this one begin it when Stripe has been
   * asked about the subscription since.
   */
  private boolean exhausted(Subscription grace, Invoice invoice, long question) {
    if (!subscriptions.answer(grace.organizationId(), question)) {
      return false;
    }
    save.entitled(grace);
    // An earlier answer that is not taken any more may have told more than its state.
    subscriptions.checkNow(grace.organizationId(), clock.instant());
    outbox.append(
        new GraceStarted(
            grace.organizationId(),
            grace.subscribedPlanId(),
            invoice.told().remaining().toAmount(),
            Objects.requireNonNull(grace.graceEndsAt()),
            grace.changedAt(),
            declineCode(invoice)));
    return true;
  }

  private void paid(Subscription subscription, Invoice invoice) {
    UUID organizationId = subscription.organizationId();
    subscriptions.checkNow(organizationId, clock.instant());
    boolean isRenewed = subscription.requiredAtStripe().isPaid();
    // Who has it while it was not paid is told, and trusted again, when Stripe says it is active.
    if (invoice.told().isOfNextPeriod() && !(isRenewed && subscription.isInArrears())) {
      subscriptions.forgetLoss(organizationId);
    }
    if (isRenewed) {
      return;
    }
    subscriptions.notePaid(organizationId);
    // What ends a trial by buying another plan is told as that.
    if (invoice.told().isOfNextPeriod()) {
      outbox.append(
          new TrialPaid(
              organizationId,
              subscription.subscribedPlanId(),
              invoice.told().paid().toAmount(),
              invoice.told().periodEnd(),
              clock.instant()));
    }
  }
}
