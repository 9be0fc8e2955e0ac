package io.cpdevents.registration.notes;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.RegistrationProblem;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What owners and admins can read of notes. */
@Component
public class NoteQueries {

  private final Notes notes;

  NoteQueries(Notes notes) {
    this.notes = notes;
  }

  /**
   * The notes on a registration, the first one first.
   *
   * @throws RuleViolation {@code registration-not-found} or {@code role-missing}
   */
  public Page<NoteView> ofRegistration(UUID registrationId, Caller caller, PageRequest page) {
    notes.requireOrganization(registrationId, caller);
    return Page.of(
        notes.ofRegistration(registrationId, page),
        page,
        note -> new Cursor(note.madeAt(), note.id()));
  }

  /**
   * A note on a registration.
   *
   * @throws RuleViolation {@code registration-not-found}, {@code note-not-found} or {@code
   *     role-missing}
   */
  public NoteView get(UUID registrationId, UUID id, Caller caller) {
    notes.requireOrganization(registrationId, caller);
    return notes
        .find(registrationId, id)
        .orElseThrow(() -> RegistrationProblem.NOTE_NOT_FOUND.violation());
  }
}
