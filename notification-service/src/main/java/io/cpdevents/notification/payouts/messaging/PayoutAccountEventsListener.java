package io.cpdevents.notification.payouts.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.payout.PayoutAccountEvent;
import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutAccountReady;
import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutAccountRestricted;
import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutInformationRequired;
import io.cpdevents.notification.mails.MailCause;
import io.cpdevents.notification.mails.QueueMail;
import io.cpdevents.notification.payouts.PayoutAccountIsReady;
import io.cpdevents.notification.payouts.PayoutAccountIsRestricted;
import io.cpdevents.notification.payouts.PayoutInformation;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Queues the mails that follow from what happens to organizations' payout accounts. */
@Component
class PayoutAccountEventsListener {

  private final Inbox.Subscription<PayoutAccountEvent> subscription;
  private final QueueMail queueMail;

  PayoutAccountEventsListener(Inbox inbox, QueueMail queueMail) {
    this.queueMail = queueMail;
    this.subscription =
        inbox.subscribe(PayoutAccountEvent.class, this::handle, Topic.PAYOUT_ACCOUNTS);
  }

  @KafkaListener(topics = Topic.Names.PAYOUT_ACCOUNTS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(PayoutAccountEvent event) {
    queueMail.handle(mail(event));
  }

  private static QueueMail.Command mail(PayoutAccountEvent event) {
    return switch (event) {
      case PayoutAccountReady ready ->
          QueueMail.Command.toOwner(
              MailCause.of(ready.payoutAccountId(), ready.readyAt()),
              new PayoutAccountIsReady.Subject(ready.organizationId(), ready.currencies()));
      case PayoutAccountRestricted restricted ->
          QueueMail.Command.toOwner(
              MailCause.of(restricted.payoutAccountId(), restricted.restrictedAt()),
              new PayoutAccountIsRestricted.Subject(
                  restricted.organizationId(),
                  restricted.requirements().size(),
                  restricted.disconnected()));
      case PayoutInformationRequired required ->
          QueueMail.Command.toOwner(
              MailCause.of(required.payoutAccountId(), required.requiredAt()),
              new PayoutInformation.Subject(
                  required.organizationId(), required.requirements().size(), required.dueBy()));
    };
  }
}
