package io.cpdevents.notification.mails;

import io.cpdevents.notification.NotificationProblem;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Somebody of the organization has a mail sent once more. */
@Component
public class ResendMail {

  /** Resends of one mail in {@link #RESEND_WINDOW}: a button must not flood a mailbox. */
  static final int MAX_RESENDS = 5;

  static final Duration RESEND_WINDOW = Duration.ofDays(1);

  /**
   * What to do.
   *
   * @param mailId the mail to repeat
   * @param newMailId the id of the new one: the same intent makes one mail
   */
  public record Command(UUID mailId, UUID newMailId) {}

  private final Mails mails;
  private final AuditTrail auditTrail;
  private final ApplicationEventPublisher announcements;
  private final Clock clock;
  private final SystemTime systemTime;

  ResendMail(
      Mails mails,
      AuditTrail auditTrail,
      ApplicationEventPublisher announcements,
      Clock clock,
      SystemTime systemTime) {
    this.mails = mails;
    this.auditTrail = auditTrail;
    this.announcements = announcements;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /**
   * Queues a new mail about the same. It says how things are when it is sent.
   *
   * @return the new mail
   * @throws RuleViolation {@code mail-not-found}; 409 {@code mail-under-way} when the mail is still
   *     on its way; 409 {@code resent-too-often}
   */
  @Transactional
  public Mail handle(Command command) {
    Mail original =
        mails
            .lock(command.mailId())
            .orElseThrow(() -> NotificationProblem.MAIL_NOT_FOUND.violation());
    UUID organizationId = original.organizationId();
    if (organizationId == null) {
      throw NotificationProblem.MAIL_NOT_FOUND.violation();
    }
    Mail known = mails.find(command.newMailId()).orElse(null);
    if (known != null) {
      return known;
    }
    Instant now = clock.instant();
    Mail again = original.again(command.newMailId(), now, systemTime.now());
    if (mails.countResent(original.id(), now.minus(RESEND_WINDOW)) >= MAX_RESENDS) {
      throw NotificationProblem.RESENT_TOO_OFTEN.violation(
          "This mail was sent again %d times within a day.".formatted(MAX_RESENDS));
    }
    mails.add(List.of(again));
    auditTrail.record(
        "mail.resent",
        "mail",
        again.id().toString(),
        organizationId,
        new Change(Map.of(), Map.of("mailId", again.id().toString()))
            .with(Map.of("resentFrom", original.id().toString(), "template", again.template())));
    announcements.publishEvent(new MailsDue());
    return again;
  }
}
