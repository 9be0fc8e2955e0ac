package io.cpdevents.billing.charges;

import io.cpdevents.billing.ledger.BalanceTransactionQueries;
import io.cpdevents.billing.ledger.BookCharge;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.Journal;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.Ledger;
import io.cpdevents.billing.ledger.OpenBreak;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.billing.payments.CapturePayment;
import io.cpdevents.billing.payments.FailPaymentAttempt;
import io.cpdevents.billing.payments.FailedAttempt;
import io.cpdevents.billing.payments.LockPayment;
import io.cpdevents.billing.payments.Payment;
import io.cpdevents.billing.payments.PaymentStatus;
import io.cpdevents.billing.payments.StartPayment;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.billing.stripe.StripeCharge;
import io.cpdevents.billing.stripe.StripePaymentIntent;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.util.List;
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

  /**
   * Money as it is at Stripe.
   *
   * @param invoiceId Stripe's id of the invoice of ours that it has paid; null for none
   */
  public record Command(StripePaymentIntent intent, @Nullable String invoiceId) {}

  private final LockPayment lockPayment;
  private final CapturePayment capturePayment;
  private final StartPayment startPayment;
  private final FailPaymentAttempt failPaymentAttempt;
  private final Charges charges;
  private final Ledger ledger;
  private final BalanceTransactionQueries balanceTransactions;
  private final BookCharge bookCharge;
  private final OpenBreak openBreak;
  private final Clock clock;

  ApplyPaymentIntent(
      LockPayment lockPayment,
      CapturePayment capturePayment,
      StartPayment startPayment,
      FailPaymentAttempt failPaymentAttempt,
      Charges charges,
      Ledger ledger,
      BalanceTransactionQueries balanceTransactions,
      BookCharge bookCharge,
      OpenBreak openBreak,
      Clock clock) {
    this.lockPayment = lockPayment;
    this.capturePayment = capturePayment;
    this.startPayment = startPayment;
    this.failPaymentAttempt = failPaymentAttempt;
    this.charges = charges;
    this.ledger = ledger;
    this.balanceTransactions = balanceTransactions;
    this.bookCharge = bookCharge;
    this.openBreak = openBreak;
    this.clock = clock;
  }

  /**
   * Applies what is new; the same again changes nothing.
   *
   * @return false when it is for no payment of ours and has taken no money
   */
  @Transactional
  public boolean handle(Command command) {
    StripePaymentIntent intent = command.intent();
    Payment payment =
        Optional.ofNullable(intent.paymentId()).flatMap(lockPayment::handle).orElse(null);
    switch (intent.status()) {
      case SUCCEEDED -> takeMoney(payment, command);
      case PROCESSING -> {
        if (payment != null) {
          startPayment.handle(new StartPayment.Command(payment, intent.id()));
        }
      }
      case REQUIRES_PAYMENT_METHOD, CANCELED -> {
        if (payment != null) {
          failAttempt(payment, intent);
        }
      }
      case UNDER_WAY -> {
        // The buyer has not decided yet: nothing has happened to the payment.
      }
    }
    return payment != null || intent.status() == StripePaymentIntent.Status.SUCCEEDED;
  }

  /** Nobody has tried yet when there is no failure: that is no news unless a bank was at it. */
  private void failAttempt(Payment payment, StripePaymentIntent intent) {
    StripePaymentIntent.Failure failure = intent.failure();
    if (failure != null) {
      failPaymentAttempt.handle(
          new FailPaymentAttempt.Command(
              payment, intent.id(), new FailedAttempt(failure.id(), failure.declineCode())));
    } else if (payment.status() == PaymentStatus.PROCESSING) {
      failPaymentAttempt.handle(
          new FailPaymentAttempt.Command(
              payment, intent.id(), new FailedAttempt(intent.id(), null)));
    }
  }

  private void takeMoney(@Nullable Payment payment, Command command) {
    StripePaymentIntent intent = command.intent();
    String invoiceId = command.invoiceId();
    StripeCharge stripeCharge = intent.charge();
    if (stripeCharge == null) {
      throw new IllegalStateException(intent.id() + " succeeded without a charge");
    }
    Optional<BreakKind> objection =
        invoiceId == null ? objection(payment, intent.received()) : Optional.empty();
    Charge charge =
        new Charge(
            stripeCharge.id(),
            intent.id(),
            payment == null ? null : payment.id(),
            invoiceId,
            objection.orElse(null),
            intent.received(),
            clock.instant());
    // A charge that was recorded before is not judged again: its payment is captured by now.
    if (charges.insert(charge, AskAboutUnsettledCharges.INTERVALS.first())) {
      if (objection.isPresent()) {
        quarantine(charge, objection.get(), stripeCharge.balanceTransaction());
      } else if (invoiceId != null) {
        ledger.post(
            new Journal(
                JournalKind.INVOICE_PAID,
                charge.id(),
                JournalReferences.none(),
                Postings.invoicePaid(charge.amount())));
      } else if (payment != null) {
        capturePayment.handle(new CapturePayment.Command(payment, intent.id(), intent.attempt()));
      }
    }
    StripeBalanceTransaction booked = stripeCharge.balanceTransaction();
    if (booked != null && (charges.settle(charge.id(), booked.id()) || isNotBooked(booked))) {
      bookCharge.handle(new BookCharge.Command(booked, charge.paymentId(), charge.amount()));
    }
  }

  /** It has been, and somebody has removed its journal. */
  private boolean isNotBooked(StripeBalanceTransaction transaction) {
    return !balanceTransactions.notBooked(List.of(transaction.id())).isEmpty();
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

  /** One that is found after its day is over belongs to the day on which Stripe booked it. */
  private void quarantine(
      Charge charge, BreakKind kind, @Nullable StripeBalanceTransaction booked) {
    ledger.post(
        new Journal(
            JournalKind.CAPTURE_QUARANTINED,
            charge.id(),
            JournalReferences.ofPayment(charge.paymentId()),
            Postings.captureQuarantined(charge.amount())));
    openBreak.handle(
        new OpenBreak.Command(
            kind,
            charge.id(),
            charge.paymentId(),
            charge.amount(),
            booked == null ? null : booked.createdAt()));
  }
}
