package io.cpdevents.accounts.zoom;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about authorizations that were begun. */
@Component
class ZoomAuthorizations {

  private final JdbcClient jdbc;

  ZoomAuthorizations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds it, in place of the one that this session has begun before for the organization. */
  void add(ZoomAuthorization authorization, byte[] stateSha256) {
    jdbc.sql(
            """
            INSERT INTO zoom_authorization (id, state_sha256, organization_id, session_id,
                                            return_url, expires_at)
            VALUES (:id, :stateSha256, :organizationId, :sessionId, :returnUrl, :expiresAt)
            ON CONFLICT (organization_id, session_id) DO UPDATE
               SET id = excluded.id, state_sha256 = excluded.state_sha256,
                   return_url = excluded.return_url, expires_at = excluded.expires_at
            """)
        .param("id", authorization.id())
        .param("stateSha256", stateSha256)
        .param("organizationId", authorization.organizationId())
        .param("sessionId", authorization.sessionId())
        .param("returnUrl", authorization.returnUrl())
        .param("expiresAt", Parameters.instant(authorization.expiresAt()))
        .update();
  }

  /** Takes its one use, if this session has begun it; another one takes nothing away. */
  Optional<ZoomAuthorization> take(byte[] stateSha256, UUID sessionId, Instant now) {
    return jdbc.sql(
            """
            DELETE FROM zoom_authorization
             WHERE state_sha256 = :stateSha256 AND session_id = :sessionId AND expires_at > :now
            RETURNING id, organization_id, session_id, return_url, expires_at
            """)
        .param("stateSha256", stateSha256)
        .param("sessionId", sessionId)
        .param("now", Parameters.instant(now))
        .query((row, _) ->
            new ZoomAuthorization(
                Columns.uuid(row, "id"),
                Columns.uuid(row, "organization_id"),
                Columns.uuid(row, "session_id"),
                row.getString("return_url"),
                Columns.instant(row, "expires_at")))
        .optional();
  }

  int removeExpired(Instant now, int batchRows) {
    return jdbc.sql(
            """
            DELETE FROM zoom_authorization
             WHERE id = ANY (ARRAY(
                     SELECT id FROM zoom_authorization WHERE expires_at <= :now
                      LIMIT :batchRows FOR UPDATE SKIP LOCKED))
            """)
        .param("now", Parameters.instant(now))
        .param("batchRows", batchRows)
        .update();
  }
}
