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

/** Follows the people that accounts tells about; a tombstone erases one. */
@Component
class ProfileEventsListener {

  private final Inbox inbox;
  private final KeepProfile keepProfile;
  private final EraseProfile eraseProfile;

  ProfileEventsListener(Inbox inbox, KeepProfile keepProfile, EraseProfile eraseProfile) {
    this.inbox = inbox;
    this.keepProfile = keepProfile;
    this.eraseProfile = eraseProfile;
  }

  @KafkaListener(topics = Topic.Names.ACCOUNTS_PROFILES)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    inbox.receive(records, ProfileEvent.class, this::handle, this::erase);
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
