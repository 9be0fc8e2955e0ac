package io.cpdevents.notification.mails;

import io.cpdevents.notification.profiles.ProfileKept;
import io.cpdevents.platform.time.SystemTime;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Mails that waited for a person's address go out as soon as it is known. */
@Component
class HastenMails {

  private final Mails mails;
  private final ApplicationEventPublisher announcements;
  private final SystemTime systemTime;

  HastenMails(Mails mails, ApplicationEventPublisher announcements, SystemTime systemTime) {
    this.mails = mails;
    this.announcements = announcements;
    this.systemTime = systemTime;
  }

  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(ProfileKept kept) {
    if (mails.hasten(kept.accountId(), systemTime.now()) > 0) {
      announcements.publishEvent(new MailsDue());
    }
  }
}
