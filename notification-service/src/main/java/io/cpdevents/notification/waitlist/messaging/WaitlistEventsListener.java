package io.cpdevents.notification.waitlist.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.registration.WaitlistEvent;
import io.cpdevents.contracts.registration.WaitlistEvent.OfferExpired;
import io.cpdevents.contracts.registration.WaitlistEvent.PlacesOffered;
import io.cpdevents.contracts.registration.WaitlistEvent.WaitlistEntryMoved;
import io.cpdevents.notification.mails.QueueMail;
import io.cpdevents.notification.waitlist.ExpiredOffer;
import io.cpdevents.notification.waitlist.WaitlistMove;
import io.cpdevents.notification.waitlist.WaitlistOffer;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Queues the mails that follow from what happens to those who wait. */
@Component
class WaitlistEventsListener {

  private final Inbox.Subscription<WaitlistEvent> subscription;
  private final QueueMail queueMail;

  WaitlistEventsListener(Inbox inbox, QueueMail queueMail) {
    this.queueMail = queueMail;
    this.subscription =
        inbox.subscribe(WaitlistEvent.class, this::handle, Topic.REGISTRATION_WAITLIST_ENTRIES);
  }

  @KafkaListener(topics = Topic.Names.REGISTRATION_WAITLIST_ENTRIES)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(WaitlistEvent event) {
    queueMail.handle(
        switch (event) {
          case PlacesOffered offered ->
              new QueueMail.Command(
                  offered.entryId(),
                  offered.accountId(),
                  new WaitlistOffer.Subject(
                      offered.organizationId(), offered.entryId(), offered.offerExpiresAt()));
          case OfferExpired expired ->
              new QueueMail.Command(
                  expired.entryId(),
                  expired.accountId(),
                  new ExpiredOffer.Subject(expired.organizationId(), expired.entryId()));
          case WaitlistEntryMoved moved ->
              new QueueMail.Command(
                  moved.moveId(),
                  moved.accountId(),
                  new WaitlistMove.Subject(moved.organizationId(), moved.entryId()));
        });
  }
}
