package io.cpdevents.billing.payments;

import io.cpdevents.billing.ledger.Journal;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.Ledger;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The whole amount has been taken: the payment is captured, and its money is the organization's,
 * less the fee.
 */
@Component
public class CapturePayment {

  /**
   * Money that was accepted.
   *
   * @param payment locked, see {@link LockPayment}
   * @param attempt the checkout on whose page it was paid
   */
  public record Command(Payment payment, String paymentIntentId, int attempt) {}

  private final Payments payments;
  private final PaymentPages pages;
  private final Ledger ledger;
  private final Outbox outbox;
  private final Clock clock;

  CapturePayment(Payments payments, PaymentPages pages, Ledger ledger, Outbox outbox, Clock clock) {
    this.payments = payments;
    this.pages = pages;
    this.ledger = ledger;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Captures the payment. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    Payment payment = command.payment();
    Payment.Change captured = payment.captured(command.paymentIntentId(), clock.instant());
    payments.save(captured.payment());
    pages.complete(payment.id(), command.attempt());
    PaidRegistration registration = payment.registration();
    ledger.post(
        new Journal(
            JournalKind.PAYMENT_CAPTURED,
            payment.id().toString(),
            JournalReferences.ofPayment(registration.eventId(), registration.id(), payment.id()),
            Postings.paymentCaptured(
                registration.organizationId(), payment.amount(), payment.fee().amount())));
    captured.events().forEach(outbox::append);
  }
}
