package io.cpdevents.notification.usage.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.registration.UsageEvent;
import io.cpdevents.contracts.registration.UsageEvent.UsageMarkReached;
import io.cpdevents.notification.mails.MailCause;
import io.cpdevents.notification.mails.QueueMail;
import io.cpdevents.notification.usage.UsageMark;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Queues the mails that follow from what organizations use. */
@Component
class UsageEventsListener {

  private static final int WHOLE_PERCENT = 100;

  private final Inbox.Subscription<UsageEvent> subscription;
  private final QueueMail queueMail;

  UsageEventsListener(Inbox inbox, QueueMail queueMail) {
    this.queueMail = queueMail;
    this.subscription =
        inbox.subscribe(UsageEvent.class, this::handle, Topic.REGISTRATION_USAGE_MARKS);
  }

  @KafkaListener(topics = Topic.Names.REGISTRATION_USAGE_MARKS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(UsageEvent event) {
    switch (event) {
      case UsageMarkReached reached ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(
                      reached.organizationId(),
                      "%s %d %d"
                          .formatted(reached.periodEndsAt(), reached.limit(), reached.percent())),
                  new UsageMark.Subject(
                      reached.organizationId(),
                      reached.percent() >= WHOLE_PERCENT,
                      reached.percent(),
                      reached.registrations(),
                      reached.limit(),
                      reached.periodEndsAt())));
    }
  }
}
