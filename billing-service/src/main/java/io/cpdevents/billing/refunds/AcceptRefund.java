package io.cpdevents.billing.refunds;

import io.cpdevents.billing.ledger.Journal;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.Ledger;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.billing.payments.RefundablePayments;
import io.cpdevents.billing.payments.RefundablePayments.RefundablePayment;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Money is owed back: promised once, taken from who bears it, and sent. */
@Component
public class AcceptRefund {

  private static final Logger LOG = LoggerFactory.getLogger(AcceptRefund.class);

  /** When the sweep looks for a refund whose task was lost. */
  private static final Duration SAFETY_NET = Duration.ofMinutes(1);

  private static final int FIRST_ATTEMPT = 1;

  private final RefundablePayments payments;
  private final Refunds refunds;
  private final RefundTasks tasks;
  private final Ledger ledger;
  private final Outbox outbox;
  private final Clock clock;

  AcceptRefund(
      RefundablePayments payments,
      Refunds refunds,
      RefundTasks tasks,
      Ledger ledger,
      Outbox outbox,
      Clock clock) {
    this.payments = payments;
    this.refunds = refunds;
    this.tasks = tasks;
    this.ledger = ledger;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Accepts what registration asks for; asking twice is asking once. Of money that settled nothing
   * no more is promised than is left of it.
   *
   * @throws RuleViolation 409 {@code exceeds-refundable} or {@code payment-not-captured}
   */
  @Transactional
  public void handle(RefundRequested requested) {
    RefundablePayment payment = payments.lock(requested.paymentId());
    if (refunds.find(requested.refundId()).isPresent()) {
      return;
    }
    Money amount =
        requested.lines().isEmpty()
            ? payment.refundable()
            : requested.lines().stream()
                .map(line -> Money.from(line.amount()))
                .reduce(Money.zero(payment.captured().currency()), Money::plus);
    if (requested.cappedAtRemaining() && amount.compareTo(payment.refundable()) > 0) {
      amount = payment.refundable();
      if (amount.isZero()) {
        LOG.info("All of {} has gone back already: {}", payment.id(), requested.refundId());
        return;
      }
    }
    promise(payment, requested.refundId(), amount, requested.cause(), true);
    tasks.send(requested.refundId());
  }

  /**
   * Accepts what has been refunded at Stripe already.
   *
   * @throws RuleViolation 409 {@code exceeds-refundable}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  Refund adopt(RefundablePayment payment, UUID refundId, Money amount) {
    return promise(payment, refundId, amount, RefundCause.MADE_AT_STRIPE, false);
  }

  private Refund promise(
      RefundablePayment payment, UUID refundId, Money amount, RefundCause cause, boolean toSend) {
    if (!amount.isPositive() || amount.compareTo(payment.refundable()) > 0) {
      throw RuleViolation.conflict(
          "exceeds-refundable", "No more than what is left of the payment can be given back.");
    }
    RefundShares shares = RefundShares.of(amount, payment.lines());
    Money platformShare = shares.platformShare(amount);
    Refund refund =
        new Refund(
            refundId,
            payment.id(),
            toSend ? RefundStatus.REQUESTED : RefundStatus.PENDING,
            cause,
            amount,
            amount.minus(platformShare),
            platformShare,
            FIRST_ATTEMPT);
    Instant now = clock.instant();
    refunds.insert(refund, now, toSend ? now.plus(SAFETY_NET) : null);
    refunds.insertAttempt(new RefundAttempt(refundId, FIRST_ATTEMPT, null, !toSend, null));
    for (RefundShares.Line line : shares.lines()) {
      refunds.insertLine(refundId, line);
      payments.take(payment.id(), line.ticketId(), line.amount(), line.fee());
    }
    ledger.post(
        new Journal(
            JournalKind.REFUND_ACCEPTED,
            refundId.toString(),
            payment.id(),
            payment.eventId(),
            Postings.refundAccepted(
                payment.organizationId(), refund.organizationShare(), platformShare)));
    outbox.append(
        new RefundAccepted(
            payment.id(),
            refundId,
            payment.registrationId(),
            payment.accountId(),
            payment.eventId(),
            payment.organizationId(),
            amount.toAmount(),
            cause,
            now));
    return refund;
  }
}
