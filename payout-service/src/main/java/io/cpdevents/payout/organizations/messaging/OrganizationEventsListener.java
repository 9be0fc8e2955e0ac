package io.cpdevents.payout.organizations.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.OrganizationEvent;
import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.payout.organizations.KeepOrganization;
import io.cpdevents.payout.organizations.KnownOrganization;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Stores the organizations that accounts-service publishes. */
@Component
class OrganizationEventsListener {

  private final Inbox.Subscription<OrganizationEvent> subscription;
  private final KeepOrganization keepOrganization;

  OrganizationEventsListener(Inbox inbox, KeepOrganization keepOrganization) {
    this.keepOrganization = keepOrganization;
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
          keepOrganization.handle(
              new KnownOrganization(
                  changed.organizationId(),
                  changed.version(),
                  changed.name(),
                  changed.ownerAccountId()));
    }
  }
}
