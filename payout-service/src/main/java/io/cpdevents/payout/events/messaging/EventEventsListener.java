package io.cpdevents.payout.events.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.registration.EventEvent;
import io.cpdevents.contracts.registration.EventEvent.EventChanged;
import io.cpdevents.payout.events.KeepEvent;
import io.cpdevents.payout.events.KnownEvent;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Stores the events that registration-service publishes. */
@Component
class EventEventsListener {

  private final Inbox.Subscription<EventEvent> subscription;
  private final KeepEvent keepEvent;

  EventEventsListener(Inbox inbox, KeepEvent keepEvent) {
    this.keepEvent = keepEvent;
    this.subscription = inbox.subscribe(EventEvent.class, this::handle, Topic.REGISTRATION_EVENTS);
  }

  @KafkaListener(topics = Topic.Names.REGISTRATION_EVENTS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(EventEvent event) {
    switch (event) {
      case EventChanged changed ->
          keepEvent.handle(
              new KnownEvent(
                  changed.eventId(),
                  changed.version(),
                  changed.organizationId(),
                  changed.title(),
                  Objects.requireNonNullElse(changed.latestEndsAt(), changed.endsAt())));
    }
  }
}
