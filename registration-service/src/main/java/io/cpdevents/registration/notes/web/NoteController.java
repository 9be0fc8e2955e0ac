package io.cpdevents.registration.notes.web;

import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.text.Prose;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.Refuses;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.notes.AddNote;
import io.cpdevents.registration.notes.NoteQueries;
import io.cpdevents.registration.notes.NoteView;
import io.cpdevents.registration.notes.RemoveNote;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Notes over HTTP. */
@Tag(name = "Notes", description = "What organizations remember about registrations.")
@RestController
@RequestMapping("/api/v1/registrations/{registrationId}/notes")
class NoteController {

  private static final int MAX_TEXT_CHARACTERS = 2_000;

  private final AddNote addNote;
  private final RemoveNote removeNote;
  private final NoteQueries queries;

  NoteController(AddNote addNote, RemoveNote removeNote, NoteQueries queries) {
    this.addNote = addNote;
    this.removeNote = removeNote;
    this.queries = queries;
  }

  /** What is to be remembered; the buyer gets it with an export of their data. */
  @Schema(name = "NewNote")
  record NoteRequest(
      @NotBlank @Prose(max = MAX_TEXT_CHARACTERS) @Schema(example = "Needs a seat near the door.")
          String text) {}

  @Operation(summary = "Write a note on a registration")
  @Refuses({RegistrationProblem.REGISTRATION_NOT_FOUND, RegistrationProblem.TOO_MANY_NOTES})
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping
  ResponseEntity<NoteView> addNote(
      @PathVariable UUID registrationId,
      @Valid @RequestBody NoteRequest request,
      Caller caller,
      Intent intent) {
    NoteView added =
        addNote.handle(new AddNote.Command(intent.id(), registrationId, request.text()), caller);
    return ResponseEntity.created(
            URI.create("/api/v1/registrations/" + registrationId + "/notes/" + added.id()))
        .body(added);
  }

  @Operation(summary = "A note on a registration")
  @Refuses({RegistrationProblem.REGISTRATION_NOT_FOUND, RegistrationProblem.NOTE_NOT_FOUND})
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @GetMapping("/{noteId}")
  NoteView getNote(@PathVariable UUID registrationId, @PathVariable UUID noteId, Caller caller) {
    return queries.get(registrationId, noteId, caller);
  }

  @Operation(summary = "The notes on a registration")
  @Refuses({RegistrationProblem.REGISTRATION_NOT_FOUND})
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @GetMapping
  Page<NoteView> listNotes(@PathVariable UUID registrationId, Caller caller, PageRequest page) {
    return queries.ofRegistration(registrationId, caller, page);
  }

  @Operation(summary = "Remove a note")
  @Refuses({RegistrationProblem.REGISTRATION_NOT_FOUND, RegistrationProblem.NOTE_NOT_FOUND})
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/{noteId}")
  void removeNote(@PathVariable UUID registrationId, @PathVariable UUID noteId, Caller caller) {
    removeNote.handle(new RemoveNote.Command(registrationId, noteId), caller);
  }
}
