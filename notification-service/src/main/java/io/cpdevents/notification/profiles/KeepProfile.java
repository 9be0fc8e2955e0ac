package io.cpdevents.notification.profiles;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stores a person's name and e-mail address, as accounts-service publishes them. */
@Component
public class KeepProfile {

  private final Profiles profiles;
  private final ApplicationEventPublisher announcements;

  KeepProfile(Profiles profiles, ApplicationEventPublisher announcements) {
    this.profiles = profiles;
    this.announcements = announcements;
  }

  /**
   * Stores the profile, unless this version or a newer one is stored, and wakes the mails that wait
   * for it.
   */
  @Transactional
  public void handle(Profile profile) {
    if (profiles.keep(profile)) {
      announcements.publishEvent(new ProfileKept(profile.accountId()));
    }
  }
}
