package io.cpdevents.billing.charges;

import io.cpdevents.billing.ledger.BalanceTransactions;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.Breaks;
import io.cpdevents.billing.ledger.Journal;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.Ledger;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.billing.payments.IncomingMoney;
import io.cpdevents.billing.payments.Payment;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.billing.stripe.StripeCharge;
import io.cpdevents.billing.stripe.StripePaymentIntent;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stripe's view of the money becomes ours: captured once, quarantined when it is not what the
 * payment wants, and booked when Stripe has booked it.
 */
@Component
public class ApplyPaymentIntent {

  private final IncomingMoney incomingMoney;
  private final Charges charges;
  private final Ledger ledger;
  private final BalanceTransactions balanceTransactions;
  private final Breaks breaks;
  private final Clock clock;

  ApplyPaymentIntent(
      IncomingMoney incomingMoney,
      Charges charges,
      Ledger ledger,
      BalanceTransactions balanceTransactions,
      Breaks breaks,
      Clock clock) {
    this.incomingMoney = incomingMoney;
    this.charges = charges;
    this.ledger = ledger;
    this.balanceTransactions = balanceTransactions;
    this.breaks = breaks;
    this.clock = clock;
  }

  /** Applies what is new; the same again changes nothing. */
  @Transactional
  public void handle(StripePaymentIntent intent) {
    Payment payment =
        Optional.ofNullable(intent.paymentId()).flatMap(incomingMoney::lock).orElse(null);
    switch (intent.status()) {
      case SUCCEEDED -> takeMoney(payment, intent);
      case PROCESSING -> {
        if (payment != null) {
          incomingMoney.start(payment, intent.id());
        }
      }
      case REQUIRES_PAYMENT_METHOD, CANCELED -> {
        if (payment != null) {
          incomingMoney.fail(payment, intent.id());
        }
      }
      case UNDER_WAY -> {
        // The buyer has not decided yet: nothing has happened to the payment.
      }
    }
  }

  private void takeMoney(@Nullable Payment payment, StripePaymentIntent intent) {
    StripeCharge stripeCharge = intent.charge();
    if (stripeCharge == null) {
      throw new IllegalStateException(intent.id() + " succeeded without a charge");
    }
    Optional<BreakKind> objection = objection(payment, intent.received());
    Charge charge =
        new Charge(
            stripeCharge.id(),
            intent.id(),
            payment == null ? null : payment.id(),
            objection.isPresent(),
            intent.received(),
            clock.instant());
    // A charge that was recorded before is not judged again: its payment is captured by now.
    if (charges.insert(charge, AskAboutUnsettledCharges.INTERVALS.first())) {
      if (objection.isPresent()) {
        quarantine(charge, objection.get());
      } else if (payment != null) {
        incomingMoney.capture(payment, intent.id(), intent.attempt());
      }
    }
    StripeBalanceTransaction booked = stripeCharge.balanceTransaction();
    if (booked != null && charges.settle(charge.id(), booked.id())) {
      balanceTransactions.bookCharge(booked, charge.paymentId(), charge.amount());
    }
  }

  /** Why the payment does not want this money; empty when it does. */
  private static Optional<BreakKind> objection(@Nullable Payment payment, Money received) {
    if (payment == null) {
      return Optional.of(BreakKind.UNKNOWN_PAYMENT);
    }
    return switch (payment.judge(received)) {
      case ACCEPTED -> Optional.empty();
      case DUPLICATE_CAPTURE -> Optional.of(BreakKind.DUPLICATE_CAPTURE);
      case WRONG_AMOUNT -> Optional.of(BreakKind.WRONG_AMOUNT);
      case WRONG_CURRENCY -> Optional.of(BreakKind.WRONG_CURRENCY);
    };
  }

  private void quarantine(Charge charge, BreakKind kind) {
    ledger.post(
        new Journal(
            JournalKind.CAPTURE_QUARANTINED,
            charge.id(),
            JournalReferences.ofPayment(charge.paymentId()),
            Postings.captureQuarantined(charge.amount())));
    breaks.open(kind, charge.id(), charge.paymentId(), charge.amount());
  }
}
