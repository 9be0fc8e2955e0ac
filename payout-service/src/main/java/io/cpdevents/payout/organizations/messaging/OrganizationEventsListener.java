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

/** Follows the organizations that accounts tells about. */
@Component
class OrganizationEventsListener {

  private final Inbox inbox;
  private final KeepOrganization keepOrganization;

  OrganizationEventsListener(Inbox inbox, KeepOrganization keepOrganization) {
    this.inbox = inbox;
    this.keepOrganization = keepOrganization;
  }

  @KafkaListener(topics = Topic.Names.ACCOUNTS_ORGANIZATIONS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    inbox.receive(records, OrganizationEvent.class, this::handle);
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
