package io.cpdevents.accounts.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.accounts.auditlog.VerifyAuditLog.Verification;
import io.cpdevents.accounts.secrets.TokenKey;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.AuditAnchorEvent.AuditLogAnchored;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.TestDatabase;
import io.cpdevents.platform.test.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@AccountsIntegrationTest
class AuditLogIT {

  private static final int MAX_COPIED_ROWS = 10_000;
  private static final int FAR_ENTRIES = 3_000;

  @Autowired People people;
  @Autowired JdbcClient jdbc;
  @Autowired ChainAuditEntry chainAuditEntry;
  @Autowired VerifyAuditLog verifyAuditLog;
  @Autowired AnchorAuditLog anchorAuditLog;
  @Autowired WatchAuditLog watchAuditLog;
  @Autowired MeterRegistry meters;
  @Autowired AuditLog auditLog;
  @Autowired AuditKeys keys;
  @Autowired KeptAnchors keptAnchors;
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
              Map.of("amount", "12 CAD"),
              "api-key",
              UUID.randomUUID(),
              Map.of("amount", "11 CAD"),
              Map.of());
      UUID eventId = Ids.next();
      facts.tell(entry, eventId);
      facts.tell(entry, eventId);
      Awaitility.await().until(() -> count(entry.entryId()) == 1);
    }
    assertThat(verify().intact()).isTrue();
  }

  @Test
  void parallel_entries_make_one_chain_without_gaps() {
    long before = verify().entries();

    AtOnce.times(20, () -> chain(action("billing", Map.of("text", "é\0\uD800 odd"))));

    Verification verification = verify();
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
    assertThat(verify().intact()).isTrue();
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
  void an_entry_that_was_changed_is_found() throws SQLException {
    long victim = chainSome() - 2;

    Verification found =
        afterTampering("UPDATE audit_entry SET details = '{\"n\": \"9\"}' WHERE seq = " + victim);

    assertThat(found.intact()).isFalse();
    assertThat(found.brokenAtSeq()).isEqualTo(victim);
    assertThat(found.entries()).isEqualTo(victim - 1);
    assertThat(found.tampering()).isEqualTo(Tampering.CHANGED);
  }

  @Test
  void tampering_is_seen_without_anybody_asking() throws SQLException {
    long victim = chainSome();
    watchAuditLog.handle();
    assertThat(tampered()).isZero();

    afterTampering(connection -> {
      execute(connection, "UPDATE audit_entry SET action = 'x' WHERE seq = " + victim);
      watchAuditLog.handle();
    });
    assertThat(tampered()).isEqualTo(1);

    watchAuditLog.handle();
    assertThat(tampered()).isZero();
    assertThat(meters.get("cpd.audit.log.check.age.seconds").gauge().value()).isBetween(0.0, 30.0);
  }

  private double tampered() {
    return meters.get("cpd.audit.log.tampered").gauge().value();
  }

  @Test
  void a_log_of_many_batches_is_checked_to_its_end() throws SQLException {
    transaction.executeWithoutResult(_ -> {
      for (int i = 0; i < 1_100; i++) {
        chainAuditEntry.handle(action("billing", Map.of("n", Integer.toString(i))));
      }
    });
    long last = chainSome();

    Verification found =
        afterTampering("UPDATE audit_entry SET action = 'thing.undone' WHERE seq = " + last);

    assertThat(last).isGreaterThan(1_100);
    assertThat(found.brokenAtSeq()).isEqualTo(last);
    assertThat(found.tampering()).isEqualTo(Tampering.CHANGED);
  }

  /**
   * A million with {@code -Daudit.entries=1000000}: it takes a minute, and with {@code
   * -DargLine=-Xmx192m} no more memory.
   */
  @Test
  // The figures of a run are read by people.
  @SuppressWarnings("SystemOut")
  void a_log_longer_than_a_stretch_is_checked_a_stretch_at_a_time() throws SQLException {
    long last = chainSome();
    int more = Integer.getInteger("audit.entries", VerifyAuditLog.MAX_STRETCH_ENTRIES + 10);
    long all = last + more;

    afterTampering(connection -> {
      append(connection, more);
      long beganNanos = System.nanoTime();

      Verification first = verifyAuditLog.handle(CheckedEnd.NOTHING);
      Verification whole = verify();

      System.out.printf(
          "audit log: %,d entries in stretches are checked in %d ms%n",
          all, (System.nanoTime() - beganNanos) / 1_000_000);
      assertThat(first.intact()).isTrue();
      assertThat(first.entries()).isEqualTo(VerifyAuditLog.MAX_STRETCH_ENTRIES);
      assertThat(first.next())
          .matches(CheckedEnd.FORM)
          .isEqualTo(first.entries() + "-" + first.headHash());
      assertThat(whole.intact()).isTrue();
      assertThat(whole.next()).isNull();
      assertThat(whole.entries()).isEqualTo(all);

      execute(connection, "UPDATE audit_entry SET action = 'x' WHERE seq = " + (all - 1));
      assertThat(verify().brokenAtSeq()).isEqualTo(all - 1);
      assertThat(verify().tampering()).isEqualTo(Tampering.CHANGED);

      execute(connection, "DELETE FROM audit_entry WHERE seq > 10");
      Verification cutMeanwhile = verifyAuditLog.handle(first.rest().orElseThrow());
      assertThat(cutMeanwhile.tampering())
          .as("a log that is shorter than what was checked of it a moment ago")
          .isEqualTo(Tampering.DELETED_AT_END);
      assertThat(cutMeanwhile.brokenAtSeq()).isEqualTo(11);
    });
  }

  @Test
  void who_holds_the_database_cannot_keep_the_check_from_ending() throws SQLException {
    long victim = chainSome() - 2;

    Verification found =
        afterTampering(
            """
            UPDATE audit_entry SET action = 'x' WHERE seq = %1$d;
            UPDATE audit_entry SET seq = %2$d WHERE seq = %1$d + 2;
            """
                .formatted(victim, Long.MAX_VALUE));

    assertThat(found.brokenAtSeq()).isEqualTo(victim);
    assertThat(found.tampering()).isEqualTo(Tampering.CHANGED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_entry SET details = '[1]' WHERE seq = %d",
        "UPDATE audit_entry SET details = '{\"a\": {}}' WHERE seq = %d",
        "UPDATE audit_entry SET before = '7' WHERE seq = %d",
        "ALTER TABLE audit_entry ALTER recorded_at DROP NOT NULL;"
            + " UPDATE audit_entry SET recorded_at = NULL WHERE seq = %d",
        "ALTER TABLE audit_entry ALTER occurred_at DROP NOT NULL;"
            + " UPDATE audit_entry SET occurred_at = NULL WHERE seq = %d",
        "ALTER TABLE audit_entry ALTER hash DROP NOT NULL;"
            + " UPDATE audit_entry SET hash = NULL WHERE seq = %d",
      })
  void an_entry_that_cannot_be_read_any_more_is_found_and_named(String statement)
      throws SQLException {
    long victim = chainSome() - 2;

    Verification found =
        afterTampering(connection -> {
          execute(connection, statement.formatted(victim));
          watchAuditLog.handle();
        });

    assertThat(tampered()).isEqualTo(1);
    assertThat(found.brokenAtSeq()).isEqualTo(victim);
    assertThat(found.entries()).isEqualTo(victim - 1);
    assertThat(found.tampering()).isEqualTo(Tampering.CHANGED);
    watchAuditLog.handle();
    assertThat(tampered()).isZero();
  }

  @Test
  void an_entry_that_somebody_appends_without_the_key_is_found() throws SQLException {
    long last = chainSome();

    Verification found =
        afterTampering(
            """
            INSERT INTO audit_entry
            SELECT seq + 1, gen_random_uuid(), service, actor_account_id, 'thing.never-done', subject_type,
                   subject_id, organization_id, occurred_at, ip_address, trace_id, details, recorded_at,
                   hash, key_id, sha256('guessed')
              FROM audit_entry WHERE seq = %d
            """
                .formatted(last));

    assertThat(found.brokenAtSeq()).isEqualTo(last + 1);
    assertThat(found.entries()).isEqualTo(last);
    assertThat(found.intact()).isFalse();
  }

  @Test
  void entries_that_were_swapped_with_others_far_away_are_found() throws SQLException {
    long first = chainSome();

    afterTampering(connection -> {
      append(connection, FAR_ENTRIES);
      long far = first + FAR_ENTRIES;
      execute(
          connection,
          """
          UPDATE audit_entry SET seq = 1000000000 WHERE seq = %1$d;
          UPDATE audit_entry SET seq = %1$d WHERE seq = %2$d;
          UPDATE audit_entry SET seq = %2$d WHERE seq = 1000000000;
          """
              .formatted(first, far));

      Verification found = verify();

      assertThat(found.brokenAtSeq()).isEqualTo(first);
      assertThat(found.tampering()).isEqualTo(Tampering.SWAPPED);
    });
  }

  @Test
  void entries_that_were_swapped_are_found() throws SQLException {
    long last = chainSome();

    Verification found =
        afterTampering(
            """
            UPDATE audit_entry SET seq = 1000000 WHERE seq = %1$d;
            UPDATE audit_entry SET seq = %1$d WHERE seq = %2$d;
            UPDATE audit_entry SET seq = %2$d WHERE seq = 1000000;
            """
                .formatted(last - 2, last));

    assertThat(found.brokenAtSeq()).isEqualTo(last - 2);
    assertThat(found.tampering()).isEqualTo(Tampering.SWAPPED);
  }

  @Test
  void an_entry_that_was_deleted_in_the_middle_is_found() throws SQLException {
    long victim = chainSome() - 1;

    Verification found = afterTampering("DELETE FROM audit_entry WHERE seq = " + victim);
    Verification closed =
        afterTampering(
            "DELETE FROM audit_entry WHERE seq = %1$d; UPDATE audit_entry SET seq = %1$d WHERE seq = %1$d + 1"
                .formatted(victim));

    assertThat(found.brokenAtSeq()).isEqualTo(victim);
    assertThat(found.tampering()).isEqualTo(Tampering.DELETED);
    assertThat(closed.brokenAtSeq()).isEqualTo(victim);
    assertThat(closed.intact()).isFalse();
  }

  @Test
  void entries_that_were_deleted_at_the_end_are_found_by_the_anchor_of_the_day()
      throws SQLException {
    long last = chainSome();
    anchor();

    Verification found = afterTampering("DELETE FROM audit_entry WHERE seq > " + (last - 2));
    Verification emptied = afterTampering("DELETE FROM audit_entry");

    assertThat(found.brokenAtSeq()).isEqualTo(last - 1);
    assertThat(found.entries()).isEqualTo(last - 2);
    assertThat(found.tampering()).isEqualTo(Tampering.DELETED_AT_END);
    assertThat(found.anchoredEntries()).isGreaterThanOrEqualTo(last);
    assertThat(emptied.brokenAtSeq()).isEqualTo(1);
    assertThat(emptied.tampering()).isEqualTo(Tampering.DELETED_AT_END);
  }

  @Test
  void a_chain_that_was_computed_anew_without_the_key_is_found() throws SQLException {
    long victim = chainSome() - 2;
    AuditKey guessed = new AuditKey(keys.current().id(), new byte[32]);

    Verification found = afterTampering(computedAnew(victim, guessed));
    Verification withOwnKey =
        afterTampering(computedAnew(victim, AuditKey.of(new byte[] {1, 2, 3})));

    assertThat(found.brokenAtSeq()).isEqualTo(victim);
    assertThat(found.tampering()).isEqualTo(Tampering.COMPUTED_ANEW);
    assertThat(withOwnKey.brokenAtSeq()).isEqualTo(victim);
    assertThat(withOwnKey.tampering()).isEqualTo(Tampering.UNKNOWN_KEY);
  }

  @Test
  void entries_under_a_former_key_count_up_to_its_end_and_not_after() throws SQLException {
    chainSome();
    AuditKey former =
        AuditKey.of(new TokenKey(AccountsIntegrationTest.FORMER_TOKEN_KEY).keyFor("audit log"));
    Instant changed = Instant.parse("2027-03-02T12:00:00Z");

    afterTampering(connection -> {
      // Another log, which ends before the first anchor.
      execute(connection, "DELETE FROM audit_entry");
      append(connection, 1, former, changed.minus(Duration.ofDays(9)));
      append(connection, 1, keys.current(), changed);
      CheckedEnd written = CheckedEnd.of(auditLog.head());
      assertThat(verify().entries()).as("all that was written").isEqualTo(2);
      append(connection, 1, former, changed.plus(Duration.ofDays(9)));

      assertThat(verify().tampering()).isEqualTo(Tampering.RETIRED_KEY);
      assertThat(verify().brokenAtSeq()).isEqualTo(3);
      assertThat(verifyAuditLog.handle(written).tampering()).isEqualTo(Tampering.RETIRED_KEY);
    });
  }

  @Test
  void a_list_has_all_entries_though_one_cannot_be_read_any_more() throws SQLException {
    LoggedIn owner = people.somebody();
    ApiClient client = people.newcomer().as(owner.bearer());
    String organization =
        client
            .post("/api/v1/organizations", Map.of("name", "Read"))
            .expect(201)
            .body()
            .path("id")
            .asString();
    client.patch("/api/v1/organizations/" + organization, Map.of("name", "Torn")).expect(200);
    client.patch("/api/v1/organizations/" + organization, Map.of("name", "Mended")).expect(200);
    String log = "/api/v1/organizations/" + organization + "/audit-log";
    Awaitility.await().until(() -> actions(client.get(log)).size() == 3);
    JsonNode victim = client.get(log).body().path("data").path(1);
    List<String> statements =
        List.of(
            "UPDATE audit_entry SET details = '[1]' WHERE seq = %d",
            "ALTER TABLE audit_entry DROP CONSTRAINT IF EXISTS audit_entry_actor_kind_check;"
                + " UPDATE audit_entry SET actor_kind = 'nobody' WHERE seq = %d",
            "ALTER TABLE audit_entry ALTER occurred_at DROP NOT NULL;"
                + " UPDATE audit_entry SET occurred_at = NULL WHERE seq = %d");

    for (String statement : statements) {
      List<JsonNode> read = new ArrayList<>();
      afterTampering(connection -> {
        execute(connection, statement.formatted(victim.path("seq").asLong()));
        JsonNode page = client.get(log + "?limit=1").expect(200).body();
        page.path("data").forEach(read::add);
        while (!page.path("next").isNull()) {
          String next = page.path("next").asString();
          page = client.get(log + "?limit=1&after=" + next).expect(200).body();
          page.path("data").forEach(read::add);
        }
        execute(
            connection,
            """
            UPDATE audit_entry SET actor_kind = NULL WHERE actor_kind = 'nobody';
            ALTER TABLE audit_entry DROP CONSTRAINT IF EXISTS audit_entry_actor_kind_check,
              ADD CONSTRAINT audit_entry_actor_kind_check
                CHECK (actor_kind IN ('account', 'api-key', 'system'))
            """);
      });
      assertThat(read)
          .as(statement)
          .filteredOn(entry -> !entry.path("unreadable").asBoolean())
          .hasSize(2);
      assertThat(read)
          .filteredOn(entry -> entry.path("unreadable").asBoolean())
          .singleElement()
          .satisfies(entry -> assertThat(entry.path("id")).isEqualTo(victim.path("id")));
    }
  }

  @Test
  void a_chain_that_was_computed_anew_with_the_key_is_found_by_the_anchor_of_the_day()
      throws SQLException {
    long last = chainSome();
    anchor();

    Verification found = afterTampering(computedAnew(last - 2, keys.current()));

    assertThat(found.tampering()).isEqualTo(Tampering.COMPUTED_ANEW);
    assertThat(found.brokenAtSeq()).isBetween(last, found.anchoredEntries());
  }

  @Test
  void what_is_no_anchor_does_not_keep_the_log_from_being_checked() {
    long last = chainSome();
    facts.erase(Topic.ACCOUNTS_AUDIT_ANCHORS, UUID.randomUUID());
    anchor();

    assertThat(verify().intact()).isTrue();
    assertThat(verify().anchoredEntries()).isGreaterThanOrEqualTo(last);
  }

  @Test
  void a_last_entry_that_somebody_else_wrote_is_not_signed() throws SQLException {
    long last = chainSome();

    afterTampering(connection -> {
      execute(
          connection,
          "UPDATE audit_entry SET seq = %d WHERE seq = %d".formatted(Long.MAX_VALUE, last));
      assertThatThrownBy(anchorAuditLog::handle).isInstanceOf(IllegalStateException.class);
    });

    assertThat(verify().intact()).as("it does not look cut off ever after").isTrue();
  }

  @Test
  void an_anchor_that_somebody_else_wrote_does_not_count() {
    chainSome();
    long entries = verify().entries();
    AuditAnchor forged =
        AuditAnchor.of(
            new AuditEntry.ChainHead(entries + 1_000, new byte[32]),
            Instant.parse("2027-03-01T15:00:00Z"),
            new AuditKey(keys.current().id(), new byte[32]));

    facts.tell(
        new AuditLogAnchored(
            forged.keyId(),
            forged.entries(),
            forged.headHash(),
            forged.anchoredAt(),
            forged.signature()),
        Ids.next());
    Awaitility.await().until(() -> keptAnchors().contains(forged));

    assertThat(verify().intact()).isTrue();
  }

  /** Checks all of it. */
  private Verification verify() {
    Verification found = verifyAuditLog.handle(CheckedEnd.NOTHING);
    while (found.rest().isPresent()) {
      found = verifyAuditLog.handle(found.rest().get());
    }
    return found;
  }

  /** Adds four entries; returns the last one's place. */
  private long chainSome() {
    for (int i = 0; i < 4; i++) {
      chain(action("billing", Map.of("n", Integer.toString(i))));
    }
    Verification verification = verify();
    assertThat(verification.intact()).isTrue();
    return verification.entries();
  }

  private void anchor() {
    long entries = auditLog.head().seq();
    anchorAuditLog.handle();
    Awaitility.await()
        .until(() -> keptAnchors().stream().anyMatch(kept -> kept.entries() >= entries));
  }

  /** What is found after a change by the owner of the database, which is taken back. */
  private Verification afterTampering(String statements) throws SQLException {
    return afterTampering(connection -> execute(connection, statements));
  }

  private Verification afterTampering(Change change) throws SQLException {
    try (Connection connection = ownersConnection()) {
      // No entry of another test may be chained meanwhile: it would be gone afterwards.
      execute(connection, "SELECT pg_advisory_lock(hashtextextended('audit-log', 0))");
      execute(
          connection,
          "CREATE TABLE kept AS TABLE audit_entry; ALTER TABLE audit_entry DISABLE TRIGGER USER");
      try {
        change.on(connection);
        return verify();
      } finally {
        execute(
            connection,
            """
            TRUNCATE audit_entry;
            INSERT INTO audit_entry SELECT * FROM kept;
            DROP TABLE kept;
            ALTER TABLE audit_entry ENABLE TRIGGER USER;
            ALTER TABLE audit_entry ALTER recorded_at SET NOT NULL, ALTER occurred_at SET NOT NULL,
              ALTER hash SET NOT NULL
            """);
      }
    }
  }

  /** Every entry from a place on says something else, under hashes that fit each other. */
  private Change computedAnew(long from, AuditKey key) {
    return connection -> {
      AuditEntry before = auditLog.after(from - 2, 1).getFirst().entry().orElseThrow();
      AuditEntry.ChainHead head = before.asHead();
      for (AuditLog.Kept old : auditLog.after(head.seq(), 10_000)) {
        AuditEntry entry =
            AuditEntry.next(
                head,
                action("billing", Map.of("n", "9")),
                old.entry().orElseThrow().recordedAt(),
                key);
        try (PreparedStatement statement =
            connection.prepareStatement(
                """
                UPDATE audit_entry
                   SET entry_id = ?, service = ?, actor_account_id = ?, action = ?,
                       subject_type = ?, subject_id = ?, organization_id = NULL,
                       occurred_at = ?, ip_address = ?, trace_id = NULL,
                       details = '{"n": "9"}', prev_hash = ?, key_id = ?, hash = ?,
                       actor_kind = NULL, on_behalf_of = NULL, before = NULL, after = NULL
                 WHERE seq = ?
                """)) {
          AuditedAction said = entry.action();
          statement.setObject(1, said.id());
          statement.setString(2, said.service());
          statement.setObject(3, said.actorAccountId());
          statement.setString(4, said.action());
          statement.setString(5, said.subjectType());
          statement.setString(6, said.subjectId());
          statement.setObject(7, said.occurredAt().atOffset(ZoneOffset.UTC));
          statement.setString(8, said.ipAddress());
          statement.setBytes(9, entry.prevHash());
          statement.setString(10, entry.keyId());
          statement.setBytes(11, entry.hash());
          statement.setLong(12, entry.seq());
          statement.executeUpdate();
        }
        head = entry.asHead();
      }
    };
  }

  /** Adds entries as the service does, but thousands at once. */
  private void append(Connection connection, int count) throws SQLException {
    append(connection, count, keys.current(), Instant.parse("2027-03-01T15:00:01Z"));
  }

  private void append(Connection connection, int count, AuditKey key, Instant recordedAt)
      throws SQLException {
    AuditEntry.ChainHead head = auditLog.head();
    CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
    for (int begun = 0; begun < count; begun += MAX_COPIED_ROWS) {
      StringBuilder rows = new StringBuilder();
      for (int i = begun; i < Math.min(count, begun + MAX_COPIED_ROWS); i++) {
        AuditEntry entry =
            AuditEntry.next(
                head, action("billing", Map.of("n", Integer.toString(i))), recordedAt, key);
        AuditedAction said = entry.action();
        HexFormat hex = HexFormat.of();
        rows.append(
            String.join(
                    "\t",
                    Long.toString(entry.seq()),
                    said.id().toString(),
                    said.service(),
                    String.valueOf(said.actorAccountId()),
                    said.action(),
                    said.subjectType(),
                    said.subjectId(),
                    "\\N",
                    said.occurredAt().toString(),
                    said.ipAddress(),
                    "\\N",
                    "{\"n\": \"" + i + "\"}",
                    entry.recordedAt().toString(),
                    "\\\\x" + hex.formatHex(entry.prevHash()),
                    entry.keyId(),
                    "\\\\x" + hex.formatHex(entry.hash()),
                    "\\N",
                    "\\N",
                    "\\N",
                    "\\N")
                + "\n");
        head = entry.asHead();
      }
      try {
        copy.copyIn("COPY audit_entry FROM STDIN", new StringReader(rows.toString()));
      } catch (IOException e) {
        throw new SQLException(e);
      }
    }
  }

  private interface Change {
    void on(Connection connection) throws SQLException;
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
    Answer tooFar =
        admin.get("/api/v1/audit-log/verification?after=999999999-" + "0".repeat(64)).expect(200);
    assertThat(tooFar.body().path("tampering").asString()).isEqualTo("deleted-at-end");
    admin.get("/api/v1/audit-log/verification?after=12").expect(400);
    ApiClient support = people.newcomer().as(platform("platform-support"));
    support.get("/api/v1/audit-log").expect(403);
    client.get("/api/v1/audit-log/verification").expect(403);
    people.newcomer().get("/api/v1/audit-log").expect(401);
  }

  @Test
  void a_log_is_filtered_by_subject_actor_action_and_time() {
    LoggedIn owner = people.somebody();
    ApiClient client = people.newcomer().as(owner.bearer());
    String organization =
        client
            .post("/api/v1/organizations", Map.of("name", "Sought"))
            .expect(201)
            .body()
            .path("id")
            .asString();
    client.patch("/api/v1/organizations/" + organization, Map.of("name", "Found")).expect(200);
    String log = "/api/v1/organizations/" + organization + "/audit-log";
    Awaitility.await().until(() -> actions(client.get(log)).size() == 2);
    String founded = client.get(log).body().path("data").path(1).path("occurredAt").asString();

    assertThat(actions(client.get(log + "?action=organization.renamed")))
        .containsExactly("organization.renamed");
    assertThat(actions(client.get(log + "?subjectKind=organization&subjectId=" + organization)))
        .containsExactly("organization.renamed", "organization.founded");
    assertThat(actions(client.get(log + "?subjectKind=account"))).isEmpty();
    assertThat(actions(client.get(log + "?actorId=" + owner.accountId()))).hasSize(2);
    assertThat(actions(client.get(log + "?actorId=" + UUID.randomUUID()))).isEmpty();
    assertThat(actions(client.get(log + "?to=" + founded))).isEmpty();
    assertThat(actions(client.get(log + "?from=" + founded))).hasSize(2);
    client.get(log + "?actorId=nobody").refused(400, "invalid-request");
    ApiClient admin = people.newcomer().as(platform("platform-admin"));
    assertThat(
            actions(
                admin.get(
                    "/api/v1/audit-log?action=organization.renamed&actorId=" + owner.accountId())))
        .containsExactly("organization.renamed");
    JsonNode renamed = client.get(log).body().path("data").path(0);
    assertThat(renamed.path("before").path("name").asString()).isEqualTo("Sought");
    assertThat(renamed.path("after").path("name").asString()).isEqualTo("Found");
    assertThat(renamed.path("actorKind").asString()).isEqualTo("account");
  }

  private static List<String> actions(Answer log) {
    return log.expect(200)
        .body()
        .path("data")
        .valueStream()
        .map(entry -> entry.path("action").asString())
        .toList();
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

  private List<AuditAnchor> keptAnchors() {
    List<AuditAnchor> kept = new ArrayList<>();
    keptAnchors.forEach(kept::add);
    return kept;
  }

  private int count(UUID entryId) {
    return jdbc.sql("SELECT count(*) FROM audit_entry WHERE entry_id = :id")
        .param("id", entryId)
        .query(Integer.class)
        .single();
  }

  private void asOwner(String statements) throws SQLException {
    try (Connection connection = ownersConnection()) {
      execute(connection, statements);
    }
  }

  private Connection ownersConnection() throws SQLException {
    return DriverManager.getConnection(database.url(), database.owner(), database.ownerPassword());
  }

  private static void execute(Connection connection, String statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
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
        details,
        null,
        null,
        null,
        null);
  }
}
