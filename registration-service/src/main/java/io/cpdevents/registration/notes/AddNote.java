package io.cpdevents.registration.notes;

import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.registration.RegistrationProblem;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin writes a note on a registration. */
@Component
public class AddNote {

  static final int MAX_NOTES_OF_REGISTRATION = 100;

  private final Notes notes;
  private final AuditTrail audit;
  private final Clock clock;

  AddNote(Notes notes, AuditTrail audit, Clock clock) {
    this.notes = notes;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A note.
   *
   * @param noteId the same when the same request comes again
   */
  public record Command(UUID noteId, UUID registrationId, String text) {}

  /**
   * Adds the note.
   *
   * @throws RuleViolation {@code registration-not-found}, {@code role-missing} or {@code
   *     too-many-notes}
   */
  @Transactional
  public NoteView handle(Command command, Caller caller) {
    UUID registrationId = command.registrationId();
    UUID organizationId = notes.requireOrganization(registrationId, caller);
    notes.lock(registrationId);
    Optional<NoteView> before = notes.find(registrationId, command.noteId());
    if (before.isPresent()) {
      return before.get();
    }
    if (notes.count(registrationId) >= MAX_NOTES_OF_REGISTRATION) {
      throw RegistrationProblem.TOO_MANY_NOTES.violation();
    }
    NoteView note =
        new NoteView(command.noteId(), command.text(), caller.accountId(), clock.instant());
    notes.insert(registrationId, note);
    audit.record(
        "note.added",
        "registration",
        registrationId.toString(),
        organizationId,
        // What it says is about people, and may not stand in the log.
        new Change(Map.of(), Map.of("noteId", note.id().toString())));
    return note;
  }
}
