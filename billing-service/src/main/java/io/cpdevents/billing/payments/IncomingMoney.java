package io.cpdevents.billing.payments;

import io.cpdevents.billing.ledger.Journal;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.Ledger;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What charges need of payments: to lock one, and to say what has become of its money. */
@Component
public class IncomingMoney {

  /** How often Stripe is asked about money with which the bank takes its time. */
  private static final Duration PROCESSING_CHECK_INTERVAL = Duration.ofMinutes(10);

  private final Payments payments;
  private final PaymentPages pages;
  private final Ledger ledger;
  private final Outbox outbox;
  private final Clock clock;

  IncomingMoney(Payments payments, PaymentPages pages, Ledger ledger, Outbox outbox, Clock clock) {
    this.payments = payments;
    this.pages = pages;
    this.ledger = ledger;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Locks a payment, if there is one with this id. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Payment> lock(UUID paymentId) {
    return payments.lock(paymentId);
  }

  /**
   * The whole amount has been taken: the payment is captured, and its money is the organization's,
   * less the fee.
   *
   * @param attempt the checkout on whose page it was paid
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void capture(Payment payment, String paymentIntentId, int attempt) {
    save(payment.captured(paymentIntentId, clock.instant()));
    pages.complete(payment.id(), attempt);
    PaidRegistration registration = payment.registration();
    ledger.post(
        new Journal(
            JournalKind.PAYMENT_CAPTURED,
            payment.id().toString(),
            JournalReferences.ofPayment(registration.eventId(), registration.id(), payment.id()),
            Postings.paymentCaptured(
                registration.organizationId(), payment.amount(), payment.fee().amount())));
  }

  /** The buyer has authorised the payment, and the bank takes its time. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void start(Payment payment, String paymentIntentId) {
    Instant nextCheckAt = clock.instant().plus(PROCESSING_CHECK_INTERVAL);
    payment.started(paymentIntentId, nextCheckAt).ifPresent(this::save);
  }

  /** A try was declined or given up. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void fail(Payment payment, String paymentIntentId) {
    payment.attemptFailed(paymentIntentId, clock.instant()).ifPresent(this::save);
  }

  /** Payment intents that the bank takes its time with, and that are due to be asked about. */
  @Transactional
  public List<String> dueIntents(int maxRows) {
    Instant now = clock.instant();
    return payments.dueIntents(now, now.plus(PROCESSING_CHECK_INTERVAL), maxRows);
  }

  private void save(Payment.Change change) {
    payments.save(change.payment());
    change.event().ifPresent(outbox::append);
  }
}
