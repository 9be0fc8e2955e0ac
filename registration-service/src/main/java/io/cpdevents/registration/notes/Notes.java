package io.cpdevents.registration.notes;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.RegistrationProblem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about notes, and whose they are. */
@Component
class Notes {

  private final JdbcClient jdbc;

  Notes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The organization of a registration, of which the caller is owner or admin.
   *
   * @throws RuleViolation {@code registration-not-found} or {@code role-missing}
   */
  UUID requireOrganization(UUID registrationId, Caller caller) {
    UUID organizationId =
        jdbc.sql("SELECT organization_id FROM registration WHERE id = :registrationId")
            .param("registrationId", registrationId)
            .query(UUID.class)
            .optional()
            .orElseThrow(() -> RegistrationProblem.REGISTRATION_NOT_FOUND.violation());
    caller.requireRole(
        organizationId, RegistrationProblem.REGISTRATION_NOT_FOUND, OrganizationRole.ADMIN);
    return organizationId;
  }

  /** Lets one note after another be added to a registration, until the transaction ends. */
  void lock(UUID registrationId) {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:notes, 0))")
        .param("notes", "notes " + registrationId)
        .query((_, _) -> registrationId)
        .single();
  }

  int count(UUID registrationId) {
    return jdbc.sql(
            "SELECT count(*) FROM registration_note WHERE registration_id = :registrationId")
        .param("registrationId", registrationId)
        .query(Integer.class)
        .single();
  }

  void insert(UUID registrationId, NoteView note) {
    jdbc.sql(
            """
            INSERT INTO registration_note (id, registration_id, text, made_by, made_at)
            VALUES (:id, :registrationId, :text, :madeBy, :madeAt)
            """)
        .param("id", note.id())
        .param("registrationId", registrationId)
        .param("text", note.text())
        .param("madeBy", note.madeBy())
        .param("madeAt", Parameters.instant(note.madeAt()))
        .update();
  }

  Optional<NoteView> find(UUID registrationId, UUID id) {
    return jdbc.sql(
            """
            SELECT * FROM registration_note WHERE id = :id AND registration_id = :registrationId
            """)
        .param("id", id)
        .param("registrationId", registrationId)
        .query(Notes::note)
        .optional();
  }

  /**
   * Removes a note.
   *
   * @return false when there is none
   */
  boolean delete(UUID registrationId, UUID id) {
    return jdbc.sql(
                """
                DELETE FROM registration_note
                WHERE id = :id AND registration_id = :registrationId
                """)
            .param("id", id)
            .param("registrationId", registrationId)
            .update()
        == 1;
  }

  /** The notes on a registration, the first one first; one more than the page has. */
  List<NoteView> ofRegistration(UUID registrationId, PageRequest request) {
    KeysetPage page = KeysetPage.ascending("made_at", "id", request);
    return jdbc.sql(
            "SELECT * FROM registration_note WHERE registration_id = :registrationId"
                + page.condition()
                + page.orderAndLimit())
        .param("registrationId", registrationId)
        .params(page.parameters())
        .query(Notes::note)
        .list();
  }

  private static NoteView note(ResultSet row, int number) throws SQLException {
    return new NoteView(
        Columns.uuid(row, "id"),
        row.getString("text"),
        Columns.uuid(row, "made_by"),
        Columns.instant(row, "made_at"));
  }
}
