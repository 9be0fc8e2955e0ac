package io.cpdevents.notification.profiles;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An erased person's name and address are forgotten; mails that still wait for them are dropped.
 */
@Component
public class EraseProfile {

  private final Profiles profiles;

  EraseProfile(Profiles profiles) {
    this.profiles = profiles;
  }

  /** Forgets the person. */
  @Transactional
  public void handle(UUID accountId) {
    profiles.erase(accountId);
  }
}
