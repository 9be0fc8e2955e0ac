package io.cpdevents.billing.refunds;

import io.cpdevents.billing.ledger.BalanceTransactions;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.Breaks;
import io.cpdevents.billing.ledger.Journal;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.Ledger;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.billing.payments.RefundablePayments;
import io.cpdevents.billing.payments.RefundablePayments.RefundablePayment;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stripe's view of a refund becomes ours: its outcome, and what it did to Stripe's balance. */
@Component
public class ApplyRefund {

  private final RefundablePayments payments;
  private final Refunds refunds;
  private final AcceptRefund acceptRefund;
  private final Ledger ledger;
  private final BalanceTransactions balanceTransactions;
  private final Breaks breaks;
  private final Outbox outbox;
  private final Clock clock;

  ApplyRefund(
      RefundablePayments payments,
      Refunds refunds,
      AcceptRefund acceptRefund,
      Ledger ledger,
      BalanceTransactions balanceTransactions,
      Breaks breaks,
      Outbox outbox,
      Clock clock) {
    this.payments = payments;
    this.refunds = refunds;
    this.acceptRefund = acceptRefund;
    this.ledger = ledger;
    this.balanceTransactions = balanceTransactions;
    this.breaks = breaks;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Applies what is new; the same again changes nothing. */
  @Transactional
  public void handle(StripeRefund stripeRefund) {
    Optional<RefundablePayment> payment = lockPayment(stripeRefund);
    Optional<RefundAttempt> attempt = payment.flatMap(locked -> attemptOf(locked, stripeRefund));
    if (payment.isEmpty() || attempt.isEmpty()) {
      bookUnknown(stripeRefund);
      return;
    }
    book(payment.get(), stripeRefund);
    takeOver(payment.get(), attempt.get(), stripeRefund);
  }

  /** Stripe has refused an attempt for good: the money is still owed, and a person has to help. */
  @Transactional
  public void refuse(UUID refundId, int attemptNumber, String failure) {
    UUID paymentId = refunds.find(refundId).orElseThrow().paymentId();
    payments.lock(paymentId);
    Refund refund = refunds.find(refundId).orElseThrow();
    RefundAttempt attempt = refunds.attempt(refundId, attemptNumber).orElseThrow();
    if (refund.attempt() != attemptNumber || attempt.stripeRefundId() != null) {
      return;
    }
    refunds.refuse(attempt, failure);
    fail(refund, refusedId(refund), true);
  }

  private Optional<RefundablePayment> lockPayment(StripeRefund stripeRefund) {
    Optional<UUID> ours = Optional.ofNullable(stripeRefund.refundId()).flatMap(this::known);
    if (ours.isPresent()) {
      return ours.map(id -> payments.lock(refunds.find(id).orElseThrow().paymentId()));
    }
    return Optional.ofNullable(stripeRefund.paymentIntentId())
        .flatMap(payments::lockByPaymentIntent);
  }

  private Optional<UUID> known(UUID refundId) {
    return refunds.find(refundId).map(Refund::id);
  }

  /** The attempt that this is, or a new obligation for a refund that was made at Stripe. */
  private Optional<RefundAttempt> attemptOf(RefundablePayment payment, StripeRefund stripeRefund) {
    Optional<RefundAttempt> adopted = refunds.attempt(stripeRefund.id());
    if (adopted.isPresent()) {
      return adopted;
    }
    UUID refundId = stripeRefund.refundId();
    if (refundId != null && known(refundId).isPresent()) {
      Optional<RefundAttempt> sent = refunds.attempt(refundId, stripeRefund.attempt());
      if (sent.isEmpty() || sent.get().stripeRefundId() == null) {
        return sent;
      }
    }
    return attemptOfForeign(payment, stripeRefund);
  }

  /**
   * A refund that was made at Stripe. It is the one that a person was asked for; else it is one of
   * its own if so much is left; else somebody was faster than we with one of ours.
   */
  private Optional<RefundAttempt> attemptOfForeign(
      RefundablePayment payment, StripeRefund stripeRefund) {
    Money amount = Money.of(stripeRefund.amountMinor(), stripeRefund.currency());
    boolean fits =
        amount.currency().equals(payment.captured().currency())
            && amount.compareTo(payment.refundable()) <= 0;
    List<Refund> owed = refunds.owed(payment.id(), amount);
    Optional<Refund> helped = owed.stream().filter(this::waitsForAPerson).findFirst();
    if (helped.isPresent()) {
      return helped.map(this::nextAttempt);
    }
    if (fits) {
      Refund made = acceptRefund.adopt(payment, Ids.next(), amount);
      return refunds.attempt(made.id(), made.attempt());
    }
    boolean goesThrough =
        stripeRefund.status() == StripeRefund.Status.PENDING
            || stripeRefund.status() == StripeRefund.Status.SUCCEEDED;
    return owed.stream()
        .filter(refund -> goesThrough && refund.status() == RefundStatus.REQUESTED)
        .findFirst()
        .flatMap(refund -> refunds.attempt(refund.id(), refund.attempt()));
  }

  private boolean waitsForAPerson(Refund refund) {
    return refund.status() == RefundStatus.FAILED
        && refunds.attempt(refund.id(), refund.attempt()).orElseThrow().isOver()
        && breaks.isOpen(BreakKind.REFUND_OWED, breakIds(refund));
  }

  private RefundAttempt nextAttempt(Refund refund) {
    RefundAttempt next = new RefundAttempt(refund.id(), refund.attempt() + 1, null, false, null);
    refunds.insertAttempt(next);
    refunds.move(refund.id(), refund.status(), next.attempt(), null);
    return next;
  }

  /** What the break of a refund is opened under: the attempt at Stripe, or what has none. */
  private List<String> breakIds(Refund refund) {
    return Stream.concat(Stream.of(refusedId(refund)), refunds.stripeIds(refund.id()).stream())
        .toList();
  }

  private static String refusedId(Refund refund) {
    return "refund:" + refund.id();
  }

  private void book(RefundablePayment payment, StripeRefund stripeRefund) {
    Money amount = Money.of(stripeRefund.amountMinor(), stripeRefund.currency());
    StripeBalanceTransaction taken = stripeRefund.balanceTransaction();
    if (taken != null) {
      balanceTransactions.bookRefund(taken, payment.id(), amount);
    }
    StripeBalanceTransaction returned = stripeRefund.failureBalanceTransaction();
    if (returned != null) {
      balanceTransactions.bookRefund(returned, payment.id(), amount.negate());
    }
  }

  private void bookUnknown(StripeRefund stripeRefund) {
    Stream.of(
            Optional.ofNullable(stripeRefund.balanceTransaction()),
            Optional.ofNullable(stripeRefund.failureBalanceTransaction()))
        .flatMap(Optional::stream)
        .forEach(transaction ->
            balanceTransactions.bookUnexplained(transaction, BreakKind.UNKNOWN_REFUND));
  }

  private void takeOver(
      RefundablePayment payment, RefundAttempt attempt, StripeRefund stripeRefund) {
    boolean over = attempt.isOver();
    boolean stale = over && stripeRefund.status() != attempt.stripeStatus();
    if (stale) {
      return;
    }
    Instant now = clock.instant();
    refunds.takeOver(
        attempt, stripeRefund, isSettled(stripeRefund), now.plus(CheckRefunds.FIRST_CHECK));
    Refund refund = refunds.find(attempt.refundId()).orElseThrow();
    if (refund.attempt() != attempt.attempt() || over) {
      return;
    }
    switch (stripeRefund.status()) {
      case PENDING -> {
        RefundStatus next = refund.on(RefundTrigger.STRIPE_ACCEPTED);
        if (next != refund.status()) {
          refunds.move(refund.id(), next, refund.attempt(), null);
        }
      }
      case SUCCEEDED -> succeed(payment, refund, now);
      case FAILED -> fail(refund, stripeRefund.id(), isForeign(refund, stripeRefund));
      case CANCELED -> {
        if (refund.isOurs() && isForeign(refund, stripeRefund)) {
          fail(refund, stripeRefund.id(), true);
        } else {
          cancel(payment, refund);
        }
      }
    }
  }

  /** Whether it was made at Stripe: then whoever made it decides about the next one. */
  private static boolean isForeign(Refund refund, StripeRefund stripeRefund) {
    return !refund.id().equals(stripeRefund.refundId());
  }

  private static boolean isSettled(StripeRefund stripeRefund) {
    return switch (stripeRefund.status()) {
      case PENDING -> false;
      case SUCCEEDED -> stripeRefund.balanceTransaction() != null;
      case FAILED, CANCELED ->
          stripeRefund.balanceTransaction() == null
              || stripeRefund.failureBalanceTransaction() != null;
    };
  }

  private void succeed(RefundablePayment payment, Refund refund, Instant now) {
    RefundStatus next = refund.on(RefundTrigger.MONEY_RETURNED);
    if (next == refund.status()) {
      return;
    }
    refunds.succeed(refund.id(), now);
    breaks.resolve(BreakKind.REFUND_OWED, breakIds(refund));
    outbox.append(
        new RefundSucceeded(
            payment.id(),
            refund.id(),
            payment.registrationId(),
            payment.accountId(),
            payment.eventId(),
            payment.organizationId(),
            refund.amount().toAmount(),
            refund.cause(),
            now));
  }

  private void fail(Refund refund, String stripeId, boolean hopeless) {
    RefundStatus next = refund.onFailure(hopeless);
    if (next == RefundStatus.REQUESTED) {
      int attempt = refund.attempt() + 1;
      refunds.insertAttempt(new RefundAttempt(refund.id(), attempt, null, false, null));
      refunds.move(
          refund.id(), RefundStatus.REQUESTED, attempt, clock.instant().plus(refund.delay()));
    } else if (next != refund.status()) {
      refunds.move(refund.id(), next, refund.attempt(), null);
      breaks.open(BreakKind.REFUND_OWED, stripeId, refund.paymentId(), refund.amount());
    }
  }

  private void cancel(RefundablePayment payment, Refund refund) {
    RefundStatus next = refund.on(RefundTrigger.REFUND_CANCELLED);
    if (next == refund.status()) {
      return;
    }
    refunds.move(refund.id(), next, refund.attempt(), null);
    for (RefundShares.Line line : refunds.lines(refund.id(), refund.amount().currency())) {
      payments.take(payment.id(), line.ticketId(), line.amount().negate(), line.fee().negate());
    }
    ledger.post(
        new Journal(
            JournalKind.REFUND_CANCELLED,
            refund.id().toString(),
            payment.id(),
            payment.eventId(),
            Postings.refundCancelled(
                payment.organizationId(), refund.organizationShare(), refund.platformShare())));
  }
}
