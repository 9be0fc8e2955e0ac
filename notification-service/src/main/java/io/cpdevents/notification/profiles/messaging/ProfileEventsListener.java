package io.cpdevents.notification.profiles.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.ProfileEvent;
import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
import io.cpdevents.notification.profiles.EraseProfile;
import io.cpdevents.notification.profiles.KeepProfile;
import io.cpdevents.notification.profiles.Profile;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Stores the profiles that accounts-service publishes; a tombstone erases the person's profile. */
@Component
class ProfileEventsListener {

  private final Inbox.Subscription<ProfileEvent> subscription;
  private final KeepProfile keepProfile;
  private final EraseProfile eraseProfile;

  ProfileEventsListener(Inbox inbox, KeepProfile keepProfile, EraseProfile eraseProfile) {
    this.keepProfile = keepProfile;
    this.eraseProfile = eraseProfile;
    this.subscription =
        inbox.subscribe(ProfileEvent.class, this::handle, this::erase, Topic.ACCOUNTS_PROFILES);
  }

  @KafkaListener(topics = Topic.Names.ACCOUNTS_PROFILES)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(ProfileEvent event) {
    switch (event) {
      case ProfileChanged changed ->
          keepProfile.handle(
              new Profile(
                  changed.accountId(),
                  changed.version(),
                  changed.email(),
                  changed.name(),
                  changed.locale(),
                  changed.timeZone()));
    }
  }

  private void erase(String key) {
    eraseProfile.handle(UUID.fromString(key));
  }
}
