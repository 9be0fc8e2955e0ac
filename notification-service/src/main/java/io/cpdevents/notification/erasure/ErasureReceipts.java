package io.cpdevents.notification.erasure;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about receipts that are mailed. */
@Component
class ErasureReceipts {

  /** A receipt whose mail is settled. */
  record Settled(UUID erasureId, UUID accountId, Instant settledAt) {}

  private final JdbcClient jdbc;

  ErasureReceipts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(UUID erasureId, UUID accountId, Instant now) {
    jdbc.sql(
            """
            INSERT INTO erasure_receipt (erasure_id, account_id, queued_at)
            VALUES (:erasureId, :accountId, :now)
            ON CONFLICT (erasure_id) DO NOTHING
            """)
        .param("erasureId", erasureId)
        .param("accountId", accountId)
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Marks those whose mail is settled as told, and returns them. */
  List<Settled> tell(Instant now, int batchRows) {
    return jdbc.sql(
            """
            UPDATE erasure_receipt r SET told_at = :now
              FROM mail m
             WHERE r.erasure_id IN (
                     SELECT open.erasure_id FROM erasure_receipt open
                       JOIN mail s ON s.template = :template AND s.cause_id = open.erasure_id
                      WHERE open.told_at IS NULL AND s.settled_at IS NOT NULL
                      LIMIT :batchRows FOR UPDATE OF open SKIP LOCKED)
               AND m.template = :template AND m.cause_id = r.erasure_id
            RETURNING r.erasure_id, r.account_id, m.settled_at
            """)
        .param("now", Parameters.instant(now))
        .param("template", ErasureReceipt.TEMPLATE)
        .param("batchRows", batchRows)
        .query((row, _) ->
            new Settled(
                Columns.uuid(row, "erasure_id"),
                Columns.uuid(row, "account_id"),
                Columns.instant(row, "settled_at")))
        .list();
  }
}
