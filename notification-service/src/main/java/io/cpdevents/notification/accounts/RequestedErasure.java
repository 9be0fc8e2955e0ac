package io.cpdevents.notification.accounts;

import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.Wording;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells a person that they will be erased, and how to call that off. Cause: the erasure. */
@Component
public class RequestedErasure extends MailKind<RequestedErasure.Subject, NoContent.Nothing> {

  /** When it was asked for, and until when it can be called off. */
  public record Subject(UUID erasureId, Instant requestedAt, Instant dueAt)
      implements MailSubject {}

  record Model(String requestedAt, String dueAt) {}

  RequestedErasure(NoContent contents) {
    super("erasure-requested", Subject.class, contents, Subject::erasureId);
  }

  @Override
  protected Optional<Model> model(Subject subject, NoContent.Nothing content, Wording wording) {
    return Optional.of(
        new Model(wording.moment(subject.requestedAt()), wording.moment(subject.dueAt())));
  }
}
