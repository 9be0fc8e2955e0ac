package io.cpdevents.registration.organizations.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.OrganizationEvent;
import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.platform.messaging.Inbox;
import io.cpdevents.registration.organizations.KeepClosed;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Listens to which organizations accounts-service closes. */
@Component
class OrganizationEventsListener {

  private final Inbox.Subscription<OrganizationEvent> subscription;
  private final KeepClosed keepClosed;

  OrganizationEventsListener(Inbox inbox, KeepClosed keepClosed) {
    this.keepClosed = keepClosed;
    this.subscription =
        inbox.subscribe(OrganizationEvent.class, this::handle, Topic.ACCOUNTS_ORGANIZATIONS);
  }

  @KafkaListener(topics = Topic.Names.ACCOUNTS_ORGANIZATIONS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(OrganizationEvent event) {
    switch (event) {
      case OrganizationChanged changed -> {
        Instant closedAt = changed.closedAt();
        if (closedAt != null) {
          keepClosed.handle(changed.organizationId(), closedAt);
        }
      }
    }
  }
}
