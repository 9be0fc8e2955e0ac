package io.cpdevents.notification.refunds.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.billing.PaymentEvent;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCancelled;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.notification.mails.QueueMail;
import io.cpdevents.notification.refunds.PaidTwice;
import io.cpdevents.notification.refunds.PaymentTooLate;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.platform.messaging.Inbox;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Queues the mails that follow from what happens to a refund. */
@Component
class PaymentEventsListener {

  private final Inbox.Subscription<PaymentEvent> subscription;
  private final QueueMail queueMail;

  PaymentEventsListener(Inbox inbox, QueueMail queueMail) {
    this.queueMail = queueMail;
    this.subscription =
        inbox
            .subscribe(PaymentEvent.class, this::handle, Topic.BILLING_PAYMENTS)
            .ignoring(Set.of(PaymentCaptured.class, PaymentCancelled.class, RefundSucceeded.class));
  }

  @KafkaListener(topics = Topic.Names.BILLING_PAYMENTS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(PaymentEvent event) {
    switch (event) {
      case RefundAccepted refund -> tell(refund);
      // The buyer sees a payment on the screen, and gets the tickets by mail.
      case PaymentCaptured _, PaymentCancelled _ -> {}
      // The mail about the accepted refund says when the money arrives.
      case RefundSucceeded _ -> {}
    }
  }

  private void tell(RefundAccepted refund) {
    Money amount = Money.from(refund.amount());
    switch (refund.cause()) {
      case PAYMENT_TOO_LATE ->
          queue(
              refund,
              new PaymentTooLate.Subject(refund.organizationId(), refund.registrationId(), amount));
      case PAID_TWICE ->
          queue(
              refund,
              new PaidTwice.Subject(refund.organizationId(), refund.registrationId(), amount));
      // No mail tells about these yet.
      case ATTENDEE_CANCELLED,
          ORGANIZATION_CANCELLED,
          EVENT_CANCELLED,
          REQUESTED,
          MADE_AT_STRIPE,
          FRAUD_WARNING -> {}
    }
  }

  private void queue(RefundAccepted refund, MailSubject subject) {
    queueMail.handle(new QueueMail.Command(refund.refundId(), refund.accountId(), subject));
  }
}
