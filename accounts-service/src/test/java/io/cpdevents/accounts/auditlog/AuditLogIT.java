package io.cpdevents.accounts.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.accounts.auditlog.VerifyAuditLog.Verification;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.TestDatabase;
import io.cpdevents.platform.test.TestTokens;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@AccountsIntegrationTest
class AuditLogIT {

  @Autowired People people;
  @Autowired JdbcClient jdbc;
  @Autowired ChainAuditEntry chainAuditEntry;
  @Autowired VerifyAuditLog verifyAuditLog;
  @Autowired TransactionTemplate transaction;
  @Autowired TestDatabase database;
  @Autowired Facts facts;

  @Test
  void entries_of_all_services_are_chained_once() {
    for (String service :
        List.of("accounts", "registration", "billing", "payout", "notification")) {
      AuditEntryRecorded entry =
          new AuditEntryRecorded(
              Ids.next(),
              service,
              UUID.randomUUID(),
              "thing.tested",
              "thing",
              UUID.randomUUID().toString(),
              null,
              Instant.parse("2027-03-01T15:00:00.123456789Z"),
              "203.0.113.7",
              null,
              Map.of("amount", "12 CAD"));
      UUID eventId = Ids.next();
      facts.tell(entry, eventId);
      facts.tell(entry, eventId);
      Awaitility.await().until(() -> count(entry.entryId()) == 1);
    }
    assertThat(verifyAuditLog.handle().intact()).isTrue();
  }

  @Test
  void parallel_entries_make_one_chain_without_gaps() {
    long before = verifyAuditLog.handle().entries();

    AtOnce.times(20, () -> chain(action("billing", Map.of("text", "é\0\uD800 odd"))));

    Verification verification = verifyAuditLog.handle();
    assertThat(verification.intact()).isTrue();
    assertThat(verification.entries()).isGreaterThanOrEqualTo(before + 20);
    assertThat(
            jdbc.sql("SELECT count(*) = max(seq) FROM audit_entry").query(Boolean.class).single())
        .isTrue();
  }

  @Test
  void an_entry_that_comes_again_is_there_once() {
    AuditedAction action = action("payout", Map.of());

    chain(action);
    chain(action);

    assertThat(count(action.id())).isEqualTo(1);
    assertThat(verifyAuditLog.handle().intact()).isTrue();
  }

  @Test
  void the_running_service_cannot_change_or_remove_an_entry() {
    chain(action("billing", Map.of()));
    for (String statement :
        List.of(
            "UPDATE audit_entry SET action = 'x'",
            "DELETE FROM audit_entry",
            "TRUNCATE audit_entry")) {
      assertThatThrownBy(() -> jdbc.sql(statement).update())
          .isInstanceOf(DataAccessException.class)
          .rootCause()
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> asOwner(statement))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void a_changed_a_removed_and_an_exchanged_entry_are_found() throws SQLException {
    for (int i = 0; i < 4; i++) {
      chain(action("billing", Map.of("n", Integer.toString(i))));
    }
    long last = verifyAuditLog.handle().entries();
    long victim = last - 1;
    String disable = "ALTER TABLE audit_entry DISABLE TRIGGER USER;";
    String enable = "ALTER TABLE audit_entry ENABLE TRIGGER USER;";

    asOwner(disable + "UPDATE audit_entry SET details = '{\"n\": \"9\"}' WHERE seq = " + victim);
    Verification changed = verifyAuditLog.handle();
    asOwner("UPDATE audit_entry SET details = '{\"n\": \"2\"}' WHERE seq = " + victim);
    assertThat(verifyAuditLog.handle().intact()).isTrue();
    asOwner("UPDATE audit_entry SET seq = 1000000 WHERE seq = " + victim);
    Verification removed = verifyAuditLog.handle();
    asOwner("UPDATE audit_entry SET seq = " + victim + " WHERE seq = 1000000;" + enable);

    assertThat(changed.intact()).isFalse();
    assertThat(changed.brokenAtSeq()).isEqualTo(victim);
    assertThat(removed.intact()).isFalse();
    assertThat(removed.brokenAtSeq()).isEqualTo(last);
    assertThat(verifyAuditLog.handle().intact()).isTrue();
  }

  @Test
  void what_a_person_does_can_be_read_by_owners_and_platform_admins() {
    LoggedIn owner = people.somebody();
    ApiClient client = people.newcomer().as(owner.bearer());
    UUID organizationId =
        UUID.fromString(
            client
                .post("/api/v1/organizations", Map.of("name", "Watched"))
                .body()
                .path("id")
                .asString());

    Answer log =
        Awaitility.await()
            .until(
                () -> client.get("/api/v1/organizations/" + organizationId + "/audit-log"),
                answer -> answer.body().path("data").size() == 1);

    log.expect(200);
    assertThat(log.body().path("data").path(0).path("action").asString())
        .isEqualTo("organization.founded");
    assertThat(log.body().path("data").path(0).path("actorAccountId").asString())
        .isEqualTo(owner.accountId().toString());
    assertThat(log.body().path("data").path(0).path("ipAddress").asString()).startsWith("203.0.");
    ApiClient admin = people.newcomer().as(platform("platform-admin"));
    assertThat(admin.get("/api/v1/audit-log?limit=1").body().path("data").size()).isEqualTo(1);
    assertThat(admin.get("/api/v1/audit-log/verification").body().path("intact").asBoolean())
        .isTrue();
    ApiClient support = people.newcomer().as(platform("platform-support"));
    support.get("/api/v1/audit-log").expect(403);
    client.get("/api/v1/audit-log/verification").expect(403);
    people.newcomer().get("/api/v1/audit-log").expect(401);
  }

  @Test
  void a_log_in_tells_who_did_it() {
    LoggedIn person = people.somebody();

    Awaitility.await()
        .until(
            () ->
                jdbc.sql(
                        """
                        SELECT count(*) FROM audit_entry
                         WHERE action = 'session.opened' AND actor_account_id = :id
                        """)
                    .param("id", person.accountId())
                    .query(Integer.class)
                    .single(),
            count -> count == 1);
  }

  private static String platform(String role) {
    return TestTokens.bearer(UUID.randomUUID(), Set.of(role), Map.of());
  }

  private AuditedAction chain(AuditedAction action) {
    transaction.executeWithoutResult(_ -> chainAuditEntry.handle(action));
    return action;
  }

  private int count(UUID entryId) {
    return jdbc.sql("SELECT count(*) FROM audit_entry WHERE entry_id = :id")
        .param("id", entryId)
        .query(Integer.class)
        .single();
  }

  private void asOwner(String statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database.url(), database.owner(), database.ownerPassword());
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  private static AuditedAction action(String service, Map<String, String> details) {
    return new AuditedAction(
        Ids.next(),
        service,
        UUID.randomUUID(),
        "thing.tested",
        "thing",
        UUID.randomUUID().toString(),
        null,
        Instant.parse("2027-03-01T15:00:00.123456789Z"),
        "203.0.113.7",
        null,
        details);
  }
}
