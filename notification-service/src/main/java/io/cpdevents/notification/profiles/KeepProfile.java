package io.cpdevents.notification.profiles;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Accounts-service tells about a person, and we remember the name and where mail goes. */
@Component
public class KeepProfile {

  private final Profiles profiles;
  private final ApplicationEventPublisher announcements;

  KeepProfile(Profiles profiles, ApplicationEventPublisher announcements) {
    this.profiles = profiles;
    this.announcements = announcements;
  }

  /** Keeps the newest version that was told, and announces it to mails that wait for it. */
  @Transactional
  public void handle(Profile profile) {
    if (profiles.keep(profile)) {
      announcements.publishEvent(new ProfileKept(profile.accountId()));
    }
  }
}
