package io.cpdevents.notification.accounts;

import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.Wording;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells a person that they stay. Cause: the erasure. */
@Component
public class CalledOffErasure extends MailKind<CalledOffErasure.Subject, NoContent.Nothing> {

  /** When it was called off. */
  public record Subject(UUID erasureId, Instant calledOffAt) implements MailSubject {}

  record Model(String calledOffAt) {}

  CalledOffErasure(NoContent contents) {
    super("erasure-called-off", Subject.class, contents, Subject::erasureId);
  }

  @Override
  protected Optional<Model> model(Subject subject, NoContent.Nothing content, Wording wording) {
    return Optional.of(new Model(wording.moment(subject.calledOffAt())));
  }
}
