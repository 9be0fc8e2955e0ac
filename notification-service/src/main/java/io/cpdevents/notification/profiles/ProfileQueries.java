package io.cpdevents.notification.profiles;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The read side of profiles. */
@Component
public class ProfileQueries {

  private final Profiles profiles;

  ProfileQueries(Profiles profiles) {
    this.profiles = profiles;
  }

  /** Where the mail of these people goes, by account; those that were not told yet are left out. */
  public Map<UUID, Recipient> recipients(Set<UUID> accountIds) {
    return profiles.recipients(accountIds);
  }
}
