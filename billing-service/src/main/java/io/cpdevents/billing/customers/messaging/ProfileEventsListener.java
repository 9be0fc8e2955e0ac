package io.cpdevents.billing.customers.messaging;

import io.cpdevents.billing.customers.ForgetAddress;
import io.cpdevents.billing.customers.KeepAddress;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.ProfileEvent;
import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Listens to accounts-service's events about profiles. */
@Component
class ProfileEventsListener {

  private final Inbox.Subscription<ProfileEvent> subscription;
  private final KeepAddress keepAddress;

  ProfileEventsListener(Inbox inbox, KeepAddress keepAddress, ForgetAddress forgetAddress) {
    this.keepAddress = keepAddress;
    this.subscription =
        inbox.subscribe(
            ProfileEvent.class,
            this::handle,
            key -> forgetAddress.handle(UUID.fromString(key)),
            Topic.ACCOUNTS_PROFILES);
  }

  @KafkaListener(topics = Topic.Names.ACCOUNTS_PROFILES)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(ProfileEvent event) {
    switch (event) {
      case ProfileChanged changed ->
          keepAddress.handle(
              new KeepAddress.Command(changed.accountId(), changed.version(), changed.email()));
    }
  }
}
