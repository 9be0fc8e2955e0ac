package io.cpdevents.registration.usage.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.billing.EntitlementsEvent;
import io.cpdevents.contracts.billing.EntitlementsEvent.EntitlementsChanged;
import io.cpdevents.platform.messaging.Inbox;
import io.cpdevents.registration.usage.KeepEntitlements;
import io.cpdevents.registration.usage.Limits;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Listens to billing-service's events about what plans entitle to. */
@Component
class EntitlementsEventsListener {

  private final Inbox.Subscription<EntitlementsEvent> subscription;
  private final KeepEntitlements keepEntitlements;

  EntitlementsEventsListener(Inbox inbox, KeepEntitlements keepEntitlements) {
    this.keepEntitlements = keepEntitlements;
    this.subscription =
        inbox.subscribe(EntitlementsEvent.class, this::handle, Topic.BILLING_ENTITLEMENTS);
  }

  @KafkaListener(topics = Topic.Names.BILLING_ENTITLEMENTS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(EntitlementsEvent event) {
    switch (event) {
      case EntitlementsChanged changed ->
          keepEntitlements.handle(
              new KeepEntitlements.Command(
                  changed.organizationId(),
                  changed.version(),
                  changed.planId(),
                  new Limits(changed.limits().publications(), changed.limits().registrations())));
    }
  }
}
