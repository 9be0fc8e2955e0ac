package io.cpdevents.billing.subscriptions.messaging;

import io.cpdevents.billing.subscriptions.KeepOwner;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.OrganizationEvent;
import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Listens to accounts-service's events about organizations. */
@Component
class OrganizationEventsListener {

  private final Inbox.Subscription<OrganizationEvent> subscription;
  private final KeepOwner keepOwner;

  OrganizationEventsListener(Inbox inbox, KeepOwner keepOwner) {
    this.keepOwner = keepOwner;
    this.subscription =
        inbox.subscribe(OrganizationEvent.class, this::handle, Topic.ACCOUNTS_ORGANIZATIONS);
  }

  @KafkaListener(topics = Topic.Names.ACCOUNTS_ORGANIZATIONS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(OrganizationEvent event) {
    switch (event) {
      case OrganizationChanged changed ->
          keepOwner.handle(
              new KeepOwner.Command(
                  changed.organizationId(),
                  changed.version(),
                  changed.ownerAccountId(),
                  Objects.requireNonNullElse(changed.ownerAccountIds(), List.of()),
                  changed.closedAt() != null));
    }
  }
}
