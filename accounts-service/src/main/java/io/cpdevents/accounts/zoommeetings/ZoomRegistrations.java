package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about registrations whose attendees are to be at Zoom. */
@Component
class ZoomRegistrations {

  /**
   * A registration that has changed, of an event whose meeting is at Zoom.
   *
   * @param revision how often it has
   */
  record Due(UUID registrationId, UUID eventId, int revision) {}

  /**
   * An address by which a person may be registered.
   *
   * @param since when somebody else gave it up who had it before; null: nobody did
   * @param until when the person gave it up, where it has been another account's since; null:
   *     nobody else's
   */
  record KnownAddress(String email, @Nullable Instant since, @Nullable Instant until) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  private final JdbcClient jdbc;

  ZoomRegistrations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * It was confirmed, or something of it was cancelled; of an event that is over nothing is kept.
   */
  void note(UUID registrationId, UUID eventId, UUID accountId, Instant now) {
    jdbc.sql(
            """
            INSERT INTO zoom_registration (registration_id, event_id, account_id, due_at)
            SELECT :registrationId, :eventId, :accountId, :now
             WHERE NOT EXISTS (SELECT FROM zoom_meeting WHERE event_id = :eventId AND closed)
            ON CONFLICT (registration_id)
            DO UPDATE SET revision = zoom_registration.revision + 1, due_at = excluded.due_at
            """)
        .param("registrationId", registrationId)
        .param("eventId", eventId)
        .param("accountId", accountId)
        .param("now", Parameters.instant(now))
        .update();
  }

  /** What is to be asked of registration-service again. */
  List<Due> due(Instant now, int batchRows) {
    return jdbc.sql(
            """
            SELECT r.registration_id, r.event_id, r.revision
              FROM zoom_connection c
              JOIN zoom_meeting m ON m.organization_id = c.organization_id
             CROSS JOIN LATERAL (SELECT registration_id, event_id, revision, due_at
                                   FROM zoom_registration
                                  WHERE event_id = m.event_id AND due_at <= :now
                                  ORDER BY due_at LIMIT :batchRows) r
             WHERE c.status = 'connected' AND m.status = 'present' AND m.ends_at > :now
             ORDER BY r.due_at
             LIMIT :batchRows
            """)
        .param("now", Parameters.instant(now))
        .param("batchRows", batchRows)
        .query((row, _) ->
            new Due(
                Columns.uuid(row, "registration_id"),
                Columns.uuid(row, "event_id"),
                row.getInt("revision")))
        .list();
  }

  /** It is as this revision of it was; answers false when it has changed since. */
  boolean settle(UUID registrationId, int revision) {
    return jdbc.sql(
                """
                UPDATE zoom_registration SET due_at = NULL
                 WHERE registration_id = :id AND revision = :revision AND due_at IS NOT NULL
                """)
            .param("id", registrationId)
            .param("revision", revision)
            .update()
        == 1;
  }

  /** They have to be asked again. */
  void renew(UUID registrationId, Instant now) {
    jdbc.sql(
            """
            UPDATE zoom_registration SET revision = revision + 1, due_at = :now
             WHERE registration_id = :id
            """)
        .param("id", registrationId)
        .param("now", Parameters.instant(now))
        .update();
  }

  /** The addresses that a person has and had, by which they may be registered. */
  List<KnownAddress> addressesOf(UUID accountId) {
    return jdbc.sql(
            """
            SELECT own.email,
                   (SELECT max(others.until) FROM former_identity others
                     WHERE others.email = own.email AND others.account_id <> :accountId
                       AND (own.until IS NULL OR others.until < own.until)) AS since,
                   CASE WHEN EXISTS (SELECT FROM account a
                                      WHERE a.email = own.email AND a.id <> :accountId
                                        AND a.email_verified_at IS NOT NULL)
                          OR EXISTS (SELECT FROM former_identity others
                                      WHERE others.email = own.email
                                        AND others.account_id <> :accountId)
                        THEN own.until END AS until
              FROM (SELECT email, CAST(NULL AS timestamptz) AS until
                      FROM account WHERE id = :accountId
                     UNION ALL
                    SELECT email, max(until) FROM former_identity
                     WHERE account_id = :accountId
                       AND email <> (SELECT email FROM account WHERE id = :accountId)
                     GROUP BY email) own
            """)
        .param("accountId", accountId)
        .query((row, _) ->
            new KnownAddress(
                row.getString("email"),
                Columns.instantOrNull(row, "since"),
                Columns.instantOrNull(row, "until")))
        .list();
  }

  /** All in which a person may be named, as a buyer or by their address, have to be asked again. */
  void renewOf(UUID accountId, AddressDigest address, Instant now) {
    jdbc.sql(
            """
            UPDATE zoom_registration SET revision = revision + 1, due_at = :now
             WHERE account_id = :accountId
                OR registration_id IN (SELECT t.registration_id
                                         FROM zoom_registrant r
                                         JOIN zoom_ticket t ON t.registrant_id = r.id
                                        WHERE r.address_sha256 = :address)
            """)
        .param("accountId", accountId)
        .param("address", Parameters.bytes(address.bytes()))
        .param("now", Parameters.instant(now))
        .update();
  }

  void removeAllOf(UUID eventId) {
    jdbc.sql("DELETE FROM zoom_registration WHERE event_id = :eventId")
        .param("eventId", eventId)
        .update();
  }
}
