package io.cpdevents.notification.payouts.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.payout.PayoutEvent;
import io.cpdevents.contracts.payout.PayoutEvent.LeftMoneySettled;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutCancelled;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutFailed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutPaid;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutRequested;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutSent;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferReversed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferred;
import io.cpdevents.notification.mails.MailCause;
import io.cpdevents.notification.mails.QueueMail;
import io.cpdevents.notification.payouts.PayoutAdvice;
import io.cpdevents.notification.payouts.PayoutHasFailed;
import io.cpdevents.notification.payouts.PayoutIsPaid;
import io.cpdevents.platform.messaging.Inbox;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Queues the mails that follow from what becomes of payouts. */
@Component
class PayoutEventsListener {

  private final Inbox.Subscription<PayoutEvent> subscription;
  private final QueueMail queueMail;

  PayoutEventsListener(Inbox inbox, QueueMail queueMail) {
    this.queueMail = queueMail;
    this.subscription =
        inbox
            .subscribe(PayoutEvent.class, this::handle, Topic.PAYOUT_PAYOUTS)
            .ignoring(
                Set.of(
                    PayoutRequested.class,
                    PayoutTransferred.class,
                    PayoutSent.class,
                    PayoutCancelled.class,
                    PayoutTransferReversed.class,
                    LeftMoneySettled.class));
  }

  @KafkaListener(topics = Topic.Names.PAYOUT_PAYOUTS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(PayoutEvent event) {
    Money amount = Money.from(event.amount());
    switch (event) {
      case PayoutPaid paid ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  paid.payoutId(),
                  new PayoutIsPaid.Subject(paid.organizationId(), paid.payoutId(), amount)));
      case PayoutFailed failed ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(failed.payoutId(), failed.failedAt()),
                  new PayoutHasFailed.Subject(
                      failed.organizationId(),
                      failed.payoutId(),
                      amount,
                      failed.afterPaid(),
                      PayoutAdvice.of(failed.failureRemedy()))));
      case PayoutRequested _,
          PayoutTransferred _,
          PayoutSent _,
          PayoutCancelled _,
          PayoutTransferReversed _,
          LeftMoneySettled _ -> {}
    }
  }
}
