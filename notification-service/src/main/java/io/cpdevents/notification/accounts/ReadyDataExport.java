package io.cpdevents.notification.accounts;

import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.Wording;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells a person that all that the platform has about them can be fetched. Cause: the export. */
@Component
public class ReadyDataExport extends MailKind<ReadyDataExport.Subject, NoContent.Nothing> {

  /** Until when it can be fetched. */
  public record Subject(UUID exportId, Instant availableUntil) implements MailSubject {}

  record Model(String availableUntil) {}

  ReadyDataExport(NoContent contents) {
    super("data-export-ready", Subject.class, contents, Subject::exportId);
  }

  @Override
  protected Optional<Instant> expiresAt(Subject subject) {
    return Optional.of(subject.availableUntil());
  }

  @Override
  protected Optional<Model> model(Subject subject, NoContent.Nothing content, Wording wording) {
    return Optional.of(new Model(wording.moment(subject.availableUntil())));
  }
}
