package io.cpdevents.accounts.zoom;

import io.cpdevents.accounts.secrets.Sealed;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about connections with Zoom, except {@link ZoomConnectionQueries}. */
@Component
class ZoomConnections {

  /**
   * Tokens as they are stored.
   *
   * @param accessTokenExpiresAt system time
   * @param refreshDueAt business time
   */
  record StoredTokens(Sealed sealed, Instant accessTokenExpiresAt, Instant refreshDueAt) {}

  /** A connection and its tokens. */
  record Held(ZoomConnection connection, Sealed sealed, Instant accessTokenExpiresAt) {}

  /** Tokens that are encrypted under a key of earlier days. */
  record SealedRow(UUID id, UUID organizationId, Sealed sealed) {}

  private static final String COLUMNS =
      """
      id, organization_id, status, zoom_user_id, connected_as, scopes, connected_by, connected_at,
      key_id, data_key_encrypted, tokens_encrypted, access_token_expires_at
      """;

  private static final String SELECT = "SELECT " + COLUMNS + " FROM zoom_connection ";

  private final JdbcClient jdbc;

  ZoomConnections(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The one that an organization has now, locked. */
  Optional<ZoomConnection> lockPresent(UUID organizationId) {
    return jdbc.sql(
            SELECT + "WHERE organization_id = :id AND status IN ('connected', 'broken') FOR UPDATE")
        .param("id", organizationId)
        .query(ZoomConnections::connection)
        .optional();
  }

  Optional<ZoomConnection> lock(UUID id) {
    return jdbc.sql(SELECT + "WHERE id = :id FOR UPDATE")
        .param("id", id)
        .query(ZoomConnections::connection)
        .optional();
  }

  /** The same if this lease of it still counts. */
  Optional<ZoomConnection> lockLeased(UUID id, UUID leaseId) {
    return jdbc.sql(SELECT + "WHERE id = :id AND lease_id = :leaseId FOR UPDATE")
        .param("id", id)
        .param("leaseId", leaseId)
        .query(ZoomConnections::connection)
        .optional();
  }

  /** Whether a person at Zoom has connected anything but this. */
  boolean isUser(String zoomUserId, UUID exceptId) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM zoom_connection
                            WHERE zoom_user_id = :userId AND id <> :id AND status = 'connected')
            """)
        .param("userId", zoomUserId)
        .param("id", exceptId)
        .query(Boolean.class)
        .single();
  }

  /** One that has tokens. */
  Optional<Held> findHeld(UUID id) {
    return jdbc.sql(SELECT + "WHERE id = :id AND tokens_encrypted IS NOT NULL")
        .param("id", id)
        .query(ZoomConnections::held)
        .optional();
  }

  void add(ZoomConnection connection, StoredTokens tokens) {
    jdbc.sql(
            """
            INSERT INTO zoom_connection (id, organization_id, status, zoom_user_id, connected_as,
                                         scopes, connected_by, connected_at, status_since, key_id,
                                         data_key_encrypted, tokens_encrypted,
                                         access_token_expires_at, refresh_due_at)
            VALUES (:id, :organizationId, :status, :zoomUserId, :connectedAs,
                    :scopes, :connectedBy, :connectedAt, :connectedAt, :keyId,
                    :dataKey, :tokens, :accessTokenExpiresAt, :refreshDueAt)
            """)
        .param("id", connection.id())
        .param("organizationId", connection.organizationId())
        .param("status", Parameters.constant(connection.status()))
        .param("zoomUserId", connection.zoomUserId())
        .param("connectedAs", connection.connectedAs())
        .param("scopes", connection.scopes())
        .param("connectedBy", connection.connectedBy())
        .param("connectedAt", Parameters.instant(connection.connectedAt()))
        .param("keyId", tokens.sealed().keyId())
        .param("dataKey", tokens.sealed().dataKey())
        .param("tokens", tokens.sealed().content())
        .param("accessTokenExpiresAt", Parameters.instant(tokens.accessTokenExpiresAt()))
        .param("refreshDueAt", Parameters.instant(tokens.refreshDueAt()))
        .update();
  }

  /** Moves it to another state. What is broken loses its tokens, and what has ended its row. */
  void move(ZoomConnection connection, ZoomConnectionStatus to, Instant now) {
    switch (to) {
      case DISCONNECTED ->
          jdbc.sql("DELETE FROM zoom_connection WHERE id = :id")
              .param("id", connection.id())
              .update();
      case BROKEN ->
          jdbc.sql(
                  """
                  UPDATE zoom_connection
                     SET status = 'broken', status_since = :now, key_id = NULL,
                         data_key_encrypted = NULL, tokens_encrypted = NULL,
                         access_token_expires_at = NULL, refresh_due_at = NULL,
                         refreshing_since = NULL, lease_id = NULL, leased_until = NULL
                   WHERE id = :id
                  """)
              .param("id", connection.id())
              .param("now", Parameters.instant(now))
              .update();
      case CONNECTED, DISCONNECTING ->
          jdbc.sql(
                  "UPDATE zoom_connection SET status = :status, status_since = :now WHERE id = :id")
              .param("id", connection.id())
              .param("status", Parameters.constant(to))
              .param("now", Parameters.instant(now))
              .update();
    }
  }

  /** Those whose tokens should be renewed, the longest overdue first. */
  List<UUID> dueForRefresh(Instant now, Instant systemNow, int batchRows) {
    return jdbc.sql(
            """
            SELECT id FROM zoom_connection
             WHERE status = 'connected' AND refresh_due_at <= :now
               AND (leased_until IS NULL OR leased_until <= :systemNow)
             ORDER BY refresh_due_at
             LIMIT :batchRows
            """)
        .param("now", Parameters.instant(now))
        .param("systemNow", Parameters.instant(systemNow))
        .param("batchRows", batchRows)
        .query((row, _) -> Columns.uuid(row, "id"))
        .list();
  }

  /**
   * A wish to refresh tokens alone, until some time.
   *
   * @param dueAgainAt business time: when to try again if nobody says how it went
   */
  record Lease(UUID id, Instant now, Instant until, Instant dueAgainAt) {}

  /**
   * Takes the lease; empty when another one has it, or there are no tokens. It counts as a failure
   * until tokens are saved, so that a crash does, too.
   */
  Optional<Held> lease(UUID id, Lease lease) {
    return jdbc.sql(
            """
            UPDATE zoom_connection
               SET lease_id = :leaseId, leased_until = :until,
                   refreshing_since = coalesce(refreshing_since, :now),
                   refresh_due_at = :dueAgainAt, refresh_failures = refresh_failures + 1
             WHERE id = :id AND tokens_encrypted IS NOT NULL
               AND (leased_until IS NULL OR leased_until <= :now)
            RETURNING\
            """
                + " "
                + COLUMNS)
        .param("id", id)
        .param("leaseId", lease.id())
        .param("now", Parameters.instant(lease.now()))
        .param("until", Parameters.instant(lease.until()))
        .param("dueAgainAt", Parameters.instant(lease.dueAgainAt()))
        .query(ZoomConnections::held)
        .optional();
  }

  /** Saves what Zoom has answered to whoever has the lease. */
  void saveTokens(UUID id, UUID leaseId, StoredTokens tokens) {
    jdbc.sql(
            """
            UPDATE zoom_connection
               SET key_id = :keyId, data_key_encrypted = :dataKey, tokens_encrypted = :tokens,
                   access_token_expires_at = :accessTokenExpiresAt, refresh_due_at = :refreshDueAt,
                   refresh_failures = 0, refreshing_since = NULL,
                   lease_id = NULL, leased_until = NULL
             WHERE id = :id AND lease_id = :leaseId
            """)
        .param("id", id)
        .param("leaseId", leaseId)
        .param("keyId", tokens.sealed().keyId())
        .param("dataKey", tokens.sealed().dataKey())
        .param("tokens", tokens.sealed().content())
        .param("accessTokenExpiresAt", Parameters.instant(tokens.accessTokenExpiresAt()))
        .param("refreshDueAt", Parameters.instant(tokens.refreshDueAt()))
        .update();
  }

  /** How often it was tried since it last succeeded. */
  int failures(UUID id) {
    return jdbc.sql("SELECT coalesce(max(refresh_failures), 0) FROM zoom_connection WHERE id = :id")
        .param("id", id)
        .query(Integer.class)
        .single();
  }

  /** Gives the lease back; the next try is due later. */
  void postpone(UUID id, UUID leaseId, Instant refreshDueAt) {
    jdbc.sql(
            """
            UPDATE zoom_connection
               SET refresh_due_at = :refreshDueAt, lease_id = NULL, leased_until = NULL
             WHERE id = :id AND lease_id = :leaseId
            """)
        .param("id", id)
        .param("leaseId", leaseId)
        .param("refreshDueAt", Parameters.instant(refreshDueAt))
        .update();
  }

  /** One batch under keys that we have and that are not the present one, locked. */
  List<SealedRow> lockUnder(List<String> formerKeyIds, int batchRows) {
    return jdbc.sql(SELECT + "WHERE key_id = ANY (:keyIds) LIMIT :batchRows FOR UPDATE SKIP LOCKED")
        .param("keyIds", formerKeyIds.toArray(String[]::new))
        .param("batchRows", batchRows)
        .query((row, index) -> {
          Held held = held(row, index);
          return new SealedRow(
              held.connection().id(), held.connection().organizationId(), held.sealed());
        })
        .list();
  }

  void saveKey(UUID id, Sealed sealed) {
    jdbc.sql(
            """
            UPDATE zoom_connection SET key_id = :keyId, data_key_encrypted = :dataKey
             WHERE id = :id
            """)
        .param("id", id)
        .param("keyId", sealed.keyId())
        .param("dataKey", sealed.dataKey())
        .update();
  }

  /** Forgets as whom a person connected; it is shown as {@code erased}. */
  void forgetNamesOf(UUID accountId) {
    jdbc.sql(
            """
            UPDATE zoom_connection SET connected_as = 'erased', zoom_user_id = 'erased'
             WHERE connected_by = :accountId
            """)
        .param("accountId", accountId)
        .update();
  }

  private static Held held(ResultSet row, int index) throws SQLException {
    return new Held(
        connection(row, index),
        new Sealed(
            row.getString("key_id"),
            row.getBytes("data_key_encrypted"),
            row.getBytes("tokens_encrypted")),
        Columns.instant(row, "access_token_expires_at"));
  }

  private static ZoomConnection connection(ResultSet row, int index) throws SQLException {
    return new ZoomConnection(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "organization_id"),
        Columns.constant(ZoomConnectionStatus.class, row, "status"),
        row.getString("zoom_user_id"),
        row.getString("connected_as"),
        row.getString("scopes"),
        Columns.uuid(row, "connected_by"),
        Columns.instant(row, "connected_at"));
  }
}
