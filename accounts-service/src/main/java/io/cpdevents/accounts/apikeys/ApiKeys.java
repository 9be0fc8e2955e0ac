package io.cpdevents.accounts.apikeys;

import io.cpdevents.platform.security.OrganizationRole;
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

/** All SQL about API keys, except the queries of {@link ApiKeyQueries}, which only display them. */
@Component
class ApiKeys {

  private static final String COLUMNS =
      """
      id, organization_id, name, role, hint, made_by, made_at, expires_at, last_used_at, ended_at
      """;

  private static final String SELECT = "SELECT " + COLUMNS + " FROM api_key ";

  private final JdbcClient jdbc;

  ApiKeys(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Holds the account until the transaction ends against being erased, and says whether it is not
   * on the way there: whoever asks for that ends the keys that are there then.
   */
  boolean holdMaker(UUID accountId) {
    return jdbc.sql("SELECT id FROM account WHERE id = :accountId FOR SHARE")
            .param("accountId", accountId)
            .query(UUID.class)
            .optional()
            .isPresent()
        && !jdbc.sql(
                """
                SELECT EXISTS (SELECT FROM erasure
                                WHERE account_id = :accountId AND ended_at IS NULL)
                """)
            .param("accountId", accountId)
            .query(Boolean.class)
            .single();
  }

  /** The hash of a key that is there. */
  byte[] sha256Of(UUID id) {
    return jdbc.sql("SELECT key_sha256 FROM api_key WHERE id = :id")
        .param("id", id)
        .query((row, _) -> row.getBytes("key_sha256"))
        .single();
  }

  /** Adds the key; false when an earlier try of the same request has added it. */
  boolean add(ApiKey key, byte[] keySha256) {
    return jdbc.sql(
                """
                INSERT INTO api_key (id, organization_id, name, role, key_sha256, hint, made_by,
                                     made_at, expires_at)
                VALUES (:id, :organizationId, :name, :role, :keySha256, :hint, :madeBy,
                        :madeAt, :expiresAt)
                ON CONFLICT (id) DO NOTHING
                """)
            .param("id", key.id())
            .param("organizationId", key.organizationId())
            .param("name", key.name())
            .param("role", Parameters.constant(key.role()))
            .param("keySha256", keySha256)
            .param("hint", key.hint())
            .param("madeBy", key.madeBy())
            .param("madeAt", Parameters.instant(key.madeAt()))
            .param("expiresAt", Parameters.instant(key.expiresAt()))
            .update()
        == 1;
  }

  /** How many of an organization count or have only expired; it is locked. */
  int count(UUID organizationId) {
    return jdbc.sql("SELECT count(*) FROM api_key WHERE organization_id = :id AND ended_at IS NULL")
        .param("id", organizationId)
        .query(Integer.class)
        .single();
  }

  Optional<ApiKey> find(byte[] keySha256) {
    return jdbc.sql(SELECT + "WHERE key_sha256 = :keySha256")
        .param("keySha256", keySha256)
        .query(ApiKeys::key)
        .optional();
  }

  void saveLastUse(UUID id, String ipAddress, Instant now) {
    jdbc.sql(
            """
            UPDATE api_key SET last_used_at = :now, last_used_from = :ipAddress
             WHERE id = :id AND ended_at IS NULL
               AND (last_used_at IS NULL OR last_used_at < :now)
            """)
        .param("id", id)
        .param("ipAddress", ipAddress)
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Ends a key of this organization; empty when it has ended already, or there is none. */
  Optional<ApiKey> end(UUID organizationId, UUID id, ApiKeyEnd cause, Instant now) {
    return jdbc.sql(
            """
            UPDATE api_key SET ended_at = :now, end_cause = :cause
             WHERE id = :id AND organization_id = :organizationId AND ended_at IS NULL
            RETURNING\
            """
                + " "
                + COLUMNS)
        .param("id", id)
        .param("organizationId", organizationId)
        .param("cause", Parameters.constant(cause))
        .param("now", Parameters.instant(now))
        .query(ApiKeys::key)
        .optional();
  }

  /** Ends the keys with these roles that one member has made. */
  List<ApiKey> endOf(UUID organizationId, UUID madeBy, List<OrganizationRole> roles, Instant now) {
    return jdbc.sql(
            """
            UPDATE api_key SET ended_at = :now, end_cause = :cause
             WHERE organization_id = :organizationId AND made_by = :madeBy
               AND role = ANY (:roles) AND ended_at IS NULL
            RETURNING\
            """
                + " "
                + COLUMNS)
        .param("organizationId", organizationId)
        .param("madeBy", madeBy)
        .param("roles", Parameters.constants(roles, role -> role))
        .param("cause", Parameters.constant(ApiKeyEnd.MAKER_LOST_ROLE))
        .param("now", Parameters.instant(now))
        .query(ApiKeys::key)
        .list();
  }

  /** Ends all keys that one person has made. */
  List<ApiKey> endAllOf(UUID madeBy, Instant now) {
    return jdbc.sql(
            """
            UPDATE api_key SET ended_at = :now, end_cause = :cause
             WHERE made_by = :madeBy AND ended_at IS NULL
            RETURNING\
            """
                + " "
                + COLUMNS)
        .param("madeBy", madeBy)
        .param("cause", Parameters.constant(ApiKeyEnd.MAKER_LEAVES))
        .param("now", Parameters.instant(now))
        .query(ApiKeys::key)
        .list();
  }

  /** Ends those that one person has made since then. */
  List<ApiKey> endMadeSince(UUID madeBy, Instant since, Instant now) {
    return jdbc.sql(
            """
            UPDATE api_key SET ended_at = :now, end_cause = :cause
             WHERE made_by = :madeBy AND made_at >= :since AND ended_at IS NULL
            RETURNING\
            """
                + " "
                + COLUMNS)
        .param("madeBy", madeBy)
        .param("since", Parameters.instant(since))
        .param("cause", Parameters.constant(ApiKeyEnd.REVOKED))
        .param("now", Parameters.instant(now))
        .query(ApiKeys::key)
        .list();
  }

  /** Forgets from where the keys of one person were used. */
  void forgetUsesOf(UUID madeBy) {
    jdbc.sql(
            """
            UPDATE api_key SET last_used_from = NULL
             WHERE made_by = :madeBy AND last_used_from IS NOT NULL
            """)
        .param("madeBy", madeBy)
        .update();
  }

  /** Ends one batch of keys that have expired. */
  List<ApiKey> endExpired(Instant now, int batchRows) {
    return jdbc.sql(
            """
            UPDATE api_key SET ended_at = :now, end_cause = :cause
             WHERE id IN (
                     SELECT id FROM api_key
                      WHERE ended_at IS NULL AND expires_at <= :now
                      LIMIT :batchRows FOR UPDATE SKIP LOCKED)
            RETURNING\
            """
                + " "
                + COLUMNS)
        .param("cause", Parameters.constant(ApiKeyEnd.EXPIRED))
        .param("now", Parameters.instant(now))
        .param("batchRows", batchRows)
        .query(ApiKeys::key)
        .list();
  }

  int removeEnded(Instant endedBefore, int batchRows) {
    return jdbc.sql(
            """
            DELETE FROM api_key
             WHERE id IN (
                     SELECT id FROM api_key WHERE ended_at < :endedBefore
                      LIMIT :batchRows FOR UPDATE SKIP LOCKED)
            """)
        .param("endedBefore", Parameters.instant(endedBefore))
        .param("batchRows", batchRows)
        .update();
  }

  private static ApiKey key(ResultSet row, int index) throws SQLException {
    return new ApiKey(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "organization_id"),
        row.getString("name"),
        Columns.constant(OrganizationRole.class, row, "role"),
        row.getString("hint"),
        Columns.uuid(row, "made_by"),
        Columns.instant(row, "made_at"),
        Columns.instantOrNull(row, "expires_at"),
        Columns.instantOrNull(row, "last_used_at"),
        Columns.instantOrNull(row, "ended_at"));
  }
}
