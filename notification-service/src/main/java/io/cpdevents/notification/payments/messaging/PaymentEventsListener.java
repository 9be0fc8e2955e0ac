package io.cpdevents.notification.payments.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.billing.DisputeEvent;
import io.cpdevents.contracts.billing.PaymentEvent;
import io.cpdevents.contracts.billing.PaymentEvent.FraudWarningReceived;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCancelled;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentFailed;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentProcessing;
import io.cpdevents.contracts.billing.RefundEvent;
import io.cpdevents.notification.disputes.FraudType;
import io.cpdevents.notification.disputes.FraudWarning;
import io.cpdevents.notification.mails.QueueMail;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Queues the mails that follow from what happens to a payment, its refunds and disputes. */
@Component
class PaymentEventsListener {

  private final Inbox.Subscription<PaymentEvent> subscription;
  private final QueueMail queueMail;

  PaymentEventsListener(Inbox inbox, QueueMail queueMail) {
    this.queueMail = queueMail;
    this.subscription =
        inbox
            .subscribe(PaymentEvent.class, this::handle, Topic.BILLING_PAYMENTS)
            .ignoring(
                Set.of(
                    PaymentProcessing.class,
                    PaymentFailed.class,
                    PaymentCaptured.class,
                    PaymentCancelled.class));
  }

  @KafkaListener(topics = Topic.Names.BILLING_PAYMENTS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(PaymentEvent event) {
    switch (event) {
      case RefundEvent refund -> RefundMails.of(refund).forEach(queueMail::handle);
      case DisputeEvent dispute -> queueMail.handle(DisputeMails.of(dispute));
      case FraudWarningReceived warning -> queueMail.handle(mail(warning));
      // The buyer sees a payment on the screen, and gets the tickets by mail.
      case PaymentProcessing _, PaymentFailed _, PaymentCaptured _, PaymentCancelled _ -> {}
    }
  }

  private static QueueMail.Command mail(FraudWarningReceived warning) {
    return QueueMail.Command.toOwner(
        warning.paymentId(),
        new FraudWarning.Subject(
            warning.organizationId(),
            warning.registrationId(),
            warning.paymentId(),
            FraudType.of(warning.fraudType()),
            warning.refunded()));
  }
}
