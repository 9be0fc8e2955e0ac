package io.cpdevents.registration.notes;

import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.registration.RegistrationProblem;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin removes a note from a registration. */
@Component
public class RemoveNote {

  private final Notes notes;
  private final AuditTrail audit;

  RemoveNote(Notes notes, AuditTrail audit) {
    this.notes = notes;
    this.audit = audit;
  }

  /** A note that is not needed any more. */
  public record Command(UUID registrationId, UUID noteId) {}

  /**
   * Removes the note.
   *
   * @throws RuleViolation {@code registration-not-found}, {@code role-missing} or {@code
   *     note-not-found}
   */
  @Transactional
  public void handle(Command command, Caller caller) {
    UUID organizationId = notes.requireOrganization(command.registrationId(), caller);
    if (!notes.delete(command.registrationId(), command.noteId())) {
      throw RegistrationProblem.NOTE_NOT_FOUND.violation();
    }
    audit.record(
        "note.removed",
        "registration",
        command.registrationId().toString(),
        organizationId,
        new Change(Map.of("noteId", command.noteId().toString()), Map.of()));
  }
}
