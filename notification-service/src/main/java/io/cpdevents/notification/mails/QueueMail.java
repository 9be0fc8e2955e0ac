package io.cpdevents.notification.mails;

import io.cpdevents.notification.writing.Draft;
import io.cpdevents.notification.writing.MailKinds;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Queues a mail to a person, once for each cause. */
@Component
public class QueueMail {

  /**
   * What to tell.
   *
   * @param causeId the cause of the mail: a mail is unique by its kind and its cause
   * @param accountId who gets it; null: the owner of the subject's organization
   * @param subject what it is about; the kind of mail is the one whose subject it is
   */
  public record Command(UUID causeId, @Nullable UUID accountId, MailSubject subject) {

    /** What to tell whoever owns the subject's organization. */
    public static Command toOwner(UUID causeId, MailSubject subject) {
      return new Command(causeId, null, subject);
    }
  }

  private final NewMails newMails;
  private final MailKinds kinds;
  private final Clock clock;
  private final SystemTime systemTime;

  QueueMail(NewMails newMails, MailKinds kinds, Clock clock, SystemTime systemTime) {
    this.newMails = newMails;
    this.kinds = kinds;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /**
   * Queues the mail and has it sent as soon as the transaction commits. Asked twice: one mail.
   *
   * @throws IllegalArgumentException when no kind of mail has such a subject, or it goes to nobody
   */
  @Transactional
  public void handle(Command command) {
    Draft<?, ?> draft =
        kinds
            .draft(command.subject())
            .orElseThrow(() ->
                new IllegalArgumentException("no mail is about " + command.subject().getClass()));
    newMails.add(
        Mail.queued(
            Ids.next(),
            draft.template(),
            command.causeId(),
            command.accountId(),
            command.subject(),
            draft.expiresAt(),
            clock.instant(),
            systemTime.now()));
  }
}
