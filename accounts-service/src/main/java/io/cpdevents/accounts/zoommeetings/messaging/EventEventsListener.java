package io.cpdevents.accounts.zoommeetings.messaging;

import io.cpdevents.accounts.zoommeetings.FollowEvent;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.registration.EventEvent;
import io.cpdevents.contracts.registration.EventEvent.EventChanged;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Follows which events are to have a meeting at Zoom. */
@Component
class EventEventsListener {

  private static final String PUBLISHED = "published";

  /** People come from afar to these, to a hybrid one some of them. */
  private static final Set<String> ONLINE_MODES = Set.of("online", "hybrid");

  private final Inbox.Subscription<EventEvent> subscription;
  private final FollowEvent followEvent;

  EventEventsListener(Inbox inbox, FollowEvent followEvent) {
    this.followEvent = followEvent;
    this.subscription =
        inbox
            .subscribe(EventEvent.class, this::handle, Topic.REGISTRATION_EVENTS)
            // Each locks the event's row, which a job locks too.
            .inOwnTransaction(Set.of(EventChanged.class));
  }

  @KafkaListener(topics = Topic.Names.REGISTRATION_EVENTS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(EventEvent event) {
    switch (event) {
      case EventChanged changed ->
          followEvent.handle(
              new FollowEvent.Command(
                  changed.eventId(),
                  changed.organizationId(),
                  changed.version(),
                  changed.title(),
                  changed.startsAt(),
                  changed.endsAt(),
                  changed.timeZone(),
                  isOnline(changed)));
    }
  }

  /** How it is attended is not known of what was told by an older version. */
  private static boolean isOnline(EventChanged event) {
    return event.status().equals(PUBLISHED)
        && event.mode() != null
        && ONLINE_MODES.contains(event.mode());
  }
}
