package io.cpdevents.notification.accounts;

import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.Wording;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells the owner of an account that somebody tries to guess its password. Cause: the refusal. */
@Component
public class RefusedLogIns extends MailKind<RefusedLogIns.Subject, NoContent.Nothing> {

  /**
   * Attempts that are refused.
   *
   * @param until when they are looked at again
   */
  public record Subject(UUID refusalId, Instant refusedAt, Instant until) implements MailSubject {}

  record Model(String refusedAt, String until) {}

  RefusedLogIns(NoContent contents) {
    super("log-ins-refused", Subject.class, contents, Subject::refusalId);
  }

  @Override
  protected boolean isUrgent() {
    return true;
  }

  @Override
  protected Optional<Model> model(Subject subject, NoContent.Nothing content, Wording wording) {
    return Optional.of(
        new Model(wording.moment(subject.refusedAt()), wording.moment(subject.until())));
  }
}
