package io.cpdevents.notification.subscriptions.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.billing.SubscriptionEvent;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEndNear;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialPaid;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialStarted;
import io.cpdevents.notification.mails.MailCause;
import io.cpdevents.notification.mails.QueueMail;
import io.cpdevents.notification.subscriptions.PlanName;
import io.cpdevents.notification.subscriptions.TrialEndsSoon;
import io.cpdevents.notification.subscriptions.TrialHasEnded;
import io.cpdevents.notification.subscriptions.TrialIsPaid;
import io.cpdevents.platform.messaging.Inbox;
import io.cpdevents.platform.money.Money;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Queues the mails that follow from what happens to organizations' plans. */
@Component
class SubscriptionEventsListener {

  private final Inbox.Subscription<SubscriptionEvent> subscription;
  private final QueueMail queueMail;

  SubscriptionEventsListener(Inbox inbox, QueueMail queueMail) {
    this.queueMail = queueMail;
    this.subscription =
        inbox.subscribe(SubscriptionEvent.class, this::handle, Topic.BILLING_SUBSCRIPTIONS);
  }

  @KafkaListener(topics = Topic.Names.BILLING_SUBSCRIPTIONS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(SubscriptionEvent event) {
    switch (event) {
      case TrialStarted _ -> {}
      case TrialEndNear near ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(near.organizationId(), near.trialEndsAt() + " " + near.daysBefore()),
                  new TrialEndsSoon.Subject(
                      near.organizationId(),
                      PlanName.of(near.planId()),
                      near.daysBefore(),
                      near.trialEndsAt(),
                      Boolean.TRUE.equals(near.isCharged()))));
      case TrialPaid paid ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(paid.organizationId(), paid.paidAt()),
                  new TrialIsPaid.Subject(
                      paid.organizationId(),
                      PlanName.of(paid.planId()),
                      Money.from(paid.total()),
                      paid.paidUntil())));
      case TrialEnded ended ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(ended.organizationId(), ended.endedAt()),
                  new TrialHasEnded.Subject(
                      ended.organizationId(),
                      PlanName.of(ended.planId()),
                      PlanName.of(ended.nextPlanId()))));
    }
  }
}
