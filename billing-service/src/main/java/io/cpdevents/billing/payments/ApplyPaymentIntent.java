package io.cpdevents.billing.payments;

import io.cpdevents.billing.ledger.BalanceTransactions;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.Breaks;
import io.cpdevents.billing.ledger.Journal;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.Ledger;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.billing.stripe.StripeCharge;
import io.cpdevents.billing.stripe.StripePaymentIntent;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCancelled;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stripe's view of the money becomes ours: captured once, quarantined when it is not what the
 * payment wants, and booked when Stripe has booked it.
 */
@Component
public class ApplyPaymentIntent {

  private final Payments payments;
  private final Checkouts checkouts;
  private final Charges charges;
  private final CheckoutTasks tasks;
  private final Ledger ledger;
  private final BalanceTransactions balanceTransactions;
  private final Breaks breaks;
  private final Outbox outbox;
  private final Clock clock;

  ApplyPaymentIntent(
      Payments payments,
      Checkouts checkouts,
      Charges charges,
      CheckoutTasks tasks,
      Ledger ledger,
      BalanceTransactions balanceTransactions,
      Breaks breaks,
      Outbox outbox,
      Clock clock) {
    this.payments = payments;
    this.checkouts = checkouts;
    this.charges = charges;
    this.tasks = tasks;
    this.ledger = ledger;
    this.balanceTransactions = balanceTransactions;
    this.breaks = breaks;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Applies what is new; the same again changes nothing. */
  @Transactional
  public void handle(StripePaymentIntent intent) {
    Optional<Payment> payment = Optional.ofNullable(intent.paymentId()).flatMap(payments::lock);
    switch (intent.status()) {
      case SUCCEEDED -> takeMoney(payment.orElse(null), intent);
      case PROCESSING -> payment.ifPresent(found -> start(found, intent));
      case REQUIRES_PAYMENT_METHOD, CANCELED -> payment.ifPresent(found -> fail(found, intent));
      case UNDER_WAY -> {}
    }
  }

  private void takeMoney(@Nullable Payment payment, StripePaymentIntent intent) {
    StripeCharge charge = intent.charge();
    if (charge == null) {
      throw new IllegalStateException(intent.id() + " succeeded without a charge");
    }
    Money received = Money.of(intent.amountReceivedMinor(), intent.currency());
    judge(payment, intent, charge, received);
    StripeBalanceTransaction booked = charge.balanceTransaction();
    if (booked != null && charges.settle(charge.id(), booked.id())) {
      balanceTransactions.bookCharge(booked, payment == null ? null : payment.id(), received);
    }
  }

  /**
   * A charge that has been noted is not judged again: whatever it would be called, nothing is done.
   */
  private void judge(
      @Nullable Payment payment, StripePaymentIntent intent, StripeCharge charge, Money received) {
    if (payment == null) {
      quarantine(null, intent, charge, received, BreakKind.UNKNOWN_PAYMENT);
      return;
    }
    switch (payment.judge(received)) {
      case ACCEPTED -> capture(payment, intent, charge, received);
      case DUPLICATE_CAPTURE ->
          quarantine(payment.id(), intent, charge, received, BreakKind.DUPLICATE_CAPTURE);
      case WRONG_AMOUNT ->
          quarantine(payment.id(), intent, charge, received, BreakKind.WRONG_AMOUNT);
      case WRONG_CURRENCY ->
          quarantine(payment.id(), intent, charge, received, BreakKind.WRONG_CURRENCY);
    }
  }

  private void capture(
      Payment payment, StripePaymentIntent intent, StripeCharge charge, Money received) {
    if (!note(payment.id(), intent, charge, received, false)) {
      return;
    }
    Instant now = clock.instant();
    if (payment.on(PaymentTrigger.MONEY_CAPTURED) != PaymentStatus.CAPTURED) {
      throw new IllegalStateException(payment.status() + " cannot be captured");
    }
    payments.capture(payment.id(), intent.id(), now);
    endCheckouts(payment, intent.attempt());
    ledger.post(
        new Journal(
            JournalKind.PAYMENT_CAPTURED,
            payment.id().toString(),
            payment.id(),
            payment.eventId(),
            Postings.paymentCaptured(payment.organizationId(), received, payment.fee())));
    outbox.append(
        new PaymentCaptured(
            payment.id(),
            payment.registrationId(),
            payment.accountId(),
            payment.eventId(),
            payment.organizationId(),
            received.toAmount(),
            payment.fee().toAmount(),
            now));
  }

  /** The page that was paid on is complete; another one must not be paid on any more. */
  private void endCheckouts(Payment payment, int paidAttempt) {
    if (!checkouts.complete(payment.id(), paidAttempt)) {
      checkouts.live(payment.id()).ifPresent(other -> tasks.expire(other.id()));
    }
  }

  private void quarantine(
      @Nullable UUID paymentId,
      StripePaymentIntent intent,
      StripeCharge charge,
      Money received,
      BreakKind kind) {
    if (!note(paymentId, intent, charge, received, true)) {
      return;
    }
    ledger.post(
        new Journal(
            JournalKind.CAPTURE_QUARANTINED,
            charge.id(),
            paymentId,
            null,
            Postings.captureQuarantined(received)));
    breaks.open(kind, charge.id(), paymentId, received);
  }

  /** Notes the charge; false when it has been noted, and so dealt with, before. */
  private boolean note(
      @Nullable UUID paymentId,
      StripePaymentIntent intent,
      StripeCharge charge,
      Money received,
      boolean quarantined) {
    Instant now = clock.instant();
    return charges.insert(
        charge.id(),
        intent.id(),
        paymentId,
        quarantined,
        received,
        now,
        now.plus(CheckPassingStates.FIRST_CHECK));
  }

  private void start(Payment payment, StripePaymentIntent intent) {
    PaymentStatus next = payment.on(PaymentTrigger.PAYMENT_STARTED);
    if (next != payment.status()) {
      payments.process(
          payment.id(), intent.id(), clock.instant().plus(CheckPassingStates.PROCESSING_CHECK));
    }
  }

  private void fail(Payment payment, StripePaymentIntent intent) {
    boolean another =
        payment.status() == PaymentStatus.PROCESSING
            && !intent.id().equals(payment.paymentIntentId());
    if (another) {
      return;
    }
    PaymentStatus next = payment.on(PaymentTrigger.ATTEMPT_FAILED);
    if (next == payment.status()) {
      return;
    }
    if (next == PaymentStatus.CANCELLED) {
      Instant now = clock.instant();
      payments.cancel(payment.id(), now);
      outbox.append(new PaymentCancelled(payment.id(), payment.registrationId(), now));
    } else {
      payments.awaitAgain(payment.id());
    }
  }
}
