package io.cpdevents.payout.events.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.registration.EventEvent;
import io.cpdevents.contracts.registration.EventEvent.EventChanged;
import io.cpdevents.payout.events.KeepEvent;
import io.cpdevents.payout.events.KnownEvent;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Follows the events that registration publishes. */
@Component
class EventEventsListener {

  private final Inbox inbox;
  private final KeepEvent keepEvent;

  EventEventsListener(Inbox inbox, KeepEvent keepEvent) {
    this.inbox = inbox;
    this.keepEvent = keepEvent;
  }

  @KafkaListener(topics = Topic.Names.REGISTRATION_EVENTS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    inbox.receive(records, EventEvent.class, this::handle);
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
                  changed.endsAt()));
    }
  }
}
