package io.cpdevents.billing.webhooks;

import io.cpdevents.billing.charges.SettlePaymentIntent;
import io.cpdevents.billing.checkouts.SettleCheckoutSession;
import io.cpdevents.billing.customers.SettleCustomer;
import io.cpdevents.billing.disputes.SettleDispute;
import io.cpdevents.billing.fraudwarnings.TakeFraudWarning;
import io.cpdevents.billing.invoices.SettleInvoice;
import io.cpdevents.billing.paymentmethods.SettlePaymentMethod;
import io.cpdevents.billing.paymentmethods.SettlePaymentMethods;
import io.cpdevents.billing.refunds.SettleRefund;
import io.cpdevents.billing.refunds.SettleRefundsOfPayment;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.subscriptions.SettleSubscription;
import io.cpdevents.billing.webhooks.StripeEvents.Claimed;
import io.cpdevents.platform.sql.DatabaseFailures;
import io.cpdevents.platform.stripe.StripeInquiries;
import io.cpdevents.platform.stripe.StripeUnavailable;
import io.cpdevents.platform.time.SystemTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Events that were kept are applied: their object is fetched from Stripe as it is now, so neither
 * the order nor the number of events matters, and several about one object are applied as one.
 */
@Component
class ApplyStripeEvents {

  private static final Logger log = LoggerFactory.getLogger(ApplyStripeEvents.class);

  /** After this an event whose worker has died is claimed again; applying it twice does no harm. */
  private static final Duration LEASE_TIME = Duration.ofSeconds(10);

  private static final int MAX_BATCH_ROWS = 64;
  private static final int MAX_FAILURES = 8;
  private static final int MAX_FAILURE_CHARACTERS = 500;

  private final StripeEvents events;
  private final SettlePaymentIntent settlePaymentIntent;
  private final SettleCheckoutSession settleCheckoutSession;
  private final SettleRefund settleRefund;
  private final SettleRefundsOfPayment settleRefundsOfPayment;
  private final SettleCustomer settleCustomer;
  private final SettlePaymentMethods settlePaymentMethods;
  private final SettlePaymentMethod settlePaymentMethod;
  private final SettleDispute settleDispute;
  private final TakeFraudWarning takeFraudWarning;
  private final SettleInvoice settleInvoice;
  private final SettleSubscription settleSubscription;
  private final RepublishStripeEvents republish;
  private final FinishStripeEvents finish;
  private final ParkStripeEvent park;
  private final StripeEventMetrics metrics;
  private final StripeApi stripe;
  private final SystemTime systemTime;

  ApplyStripeEvents(
      StripeEvents events,
      SettlePaymentIntent settlePaymentIntent,
      SettleCheckoutSession settleCheckoutSession,
      SettleRefund settleRefund,
      SettleRefundsOfPayment settleRefundsOfPayment,
      SettleCustomer settleCustomer,
      SettlePaymentMethods settlePaymentMethods,
      SettlePaymentMethod settlePaymentMethod,
      SettleDispute settleDispute,
      TakeFraudWarning takeFraudWarning,
      SettleInvoice settleInvoice,
      SettleSubscription settleSubscription,
      RepublishStripeEvents republish,
      FinishStripeEvents finish,
      ParkStripeEvent park,
      StripeEventMetrics metrics,
      StripeApi stripe,
      SystemTime systemTime) {
    this.events = events;
    this.settlePaymentIntent = settlePaymentIntent;
    this.settleCheckoutSession = settleCheckoutSession;
    this.settleRefund = settleRefund;
    this.settleRefundsOfPayment = settleRefundsOfPayment;
    this.settleCustomer = settleCustomer;
    this.settlePaymentMethods = settlePaymentMethods;
    this.settlePaymentMethod = settlePaymentMethod;
    this.settleDispute = settleDispute;
    this.takeFraudWarning = takeFraudWarning;
    this.settleInvoice = settleInvoice;
    this.settleSubscription = settleSubscription;
    this.republish = republish;
    this.finish = finish;
    this.park = park;
    this.metrics = metrics;
    this.stripe = stripe;
    this.systemTime = systemTime;
  }

  /** Claims a batch; each element is the work on one object, to be run soon and in any order. */
  List<Runnable> claim() {
    Instant now = systemTime.now();
    Map<Subject, List<Claimed>> bySubject =
        events.claim(now, now.plus(LEASE_TIME), MAX_BATCH_ROWS).stream()
            .collect(
                Collectors.groupingBy(Claimed::subject, LinkedHashMap::new, Collectors.toList()));
    return bySubject.entrySet().stream()
        .<Runnable>map(entry -> () -> applyOrRetry(entry.getKey(), entry.getValue()))
        .toList();
  }

  private void applyOrRetry(Subject subject, List<Claimed> claimed) {
    try {
      apply(subject, claimed);
    } catch (RuntimeException failure) {
      if (failure instanceof StripeUnavailable || DatabaseFailures.isPassing(failure)) {
        log.warn("{} is applied later: {}", subject.id(), failure.getMessage());
        claimed.forEach(event -> later(event, event.failures(), failure));
      } else {
        log.error("{} could not be applied", subject.id(), failure);
        claimed.forEach(event -> retryOrPark(event, failure));
      }
    }
  }

  private void apply(Subject subject, List<Claimed> claimed) {
    if (subject.kind() == Subject.Kind.PAYOUT_SERVICE_OBJECT) {
      republish.handle(claimed);
    } else if (settle(subject)) {
      finish.handle(FinishStripeEvents.Command.applied(claimed));
    } else {
      finish
          .handle(FinishStripeEvents.Command.foreign(claimed))
          .forEach(event -> metrics.ignored(event.type(), IgnoredReason.NOT_OURS));
    }
  }

  /** Takes over what Stripe says about a subject now; false when it is nothing of ours. */
  private boolean settle(Subject subject) {
    return switch (subject.kind()) {
      case PAYMENT_INTENT -> settlePaymentIntent.handle(subject.id());
      case CHECKOUT_SESSION -> settleCheckoutSession.handle(subject.id());
      case REFUND -> settleRefund.handle(subject.id());
      case REFUNDS_OF_PAYMENT_INTENT -> settleRefundsOfPayment.handle(subject.id());
      case CHARGE -> settleCharge(subject.id());
      case CUSTOMER ->
          settleCustomer.handle(subject.id()) || settlePaymentMethods.handle(subject.id());
      case PAYMENT_METHOD -> settlePaymentMethod.handle(subject.id());
      case DISPUTE -> settleDispute.handle(subject.id());
      case FRAUD_WARNING -> takeFraudWarning.handle(subject.id());
      case INVOICE -> settleInvoice.handle(subject.id());
      case SUBSCRIPTION -> settleSubscription.handle(subject.id());
      case PAYOUT_SERVICE_OBJECT -> throw new IllegalArgumentException("payout-service settles it");
    };
  }

  private boolean settleCharge(String chargeId) {
    String paymentIntentId = stripe.paymentIntentOfCharge(chargeId);
    if (paymentIntentId == null) {
      // Ours are made with one. Its money is found in Stripe's balance.
      return false;
    }
    boolean isOurs = settlePaymentIntent.handle(paymentIntentId);
    boolean hasRefundOfOurs = settleRefundsOfPayment.handle(paymentIntentId);
    return isOurs || hasRefundOfOurs;
  }

  private void retryOrPark(Claimed event, RuntimeException failure) {
    int failures = event.failures() + 1;
    if (failures < MAX_FAILURES) {
      later(event, failures, failure);
    } else {
      boolean isParked = park.handle(new ParkStripeEvent.Command(event, failures, reason(failure)));
      if (isParked) {
        log.error("{} is parked after {} failures", event.id(), failures);
      }
    }
  }

  private void later(Claimed event, int failures, RuntimeException failure) {
    Instant nextAttemptAt = systemTime.now().plus(StripeInquiries.RETRIES.after(failures));
    events.retry(event.id(), failures, reason(failure), nextAttemptAt);
  }

  private static String reason(RuntimeException failure) {
    String reason = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    return reason.substring(0, Math.min(reason.length(), MAX_FAILURE_CHARACTERS));
  }
}
