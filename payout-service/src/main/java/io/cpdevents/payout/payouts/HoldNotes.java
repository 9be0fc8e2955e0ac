package io.cpdevents.payout.payouts;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.erasure.ErasedPerson;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what people typed when they held and released payouts. */
@Component
class HoldNotes {

  /** What stands where somebody who is erased was named. */
  private static final String ERASED = "(erased)";

  /** Those that were written last. */
  private static final int MAX_SHOWN_NOTES = 100;

  private final JdbcClient jdbc;
  private final Clock clock;

  HoldNotes(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  void add(UUID payoutId, HoldNote.Kind kind, String reason, UUID writtenBy) {
    jdbc.sql(
            """
            INSERT INTO payout_hold_note (id, payout_id, kind, reason, written_by, written_at)
            VALUES (:id, :payoutId, :kind, :reason, :writtenBy, :writtenAt)
            """)
        .param("id", Ids.next())
        .param("payoutId", payoutId)
        .param("kind", Parameters.constant(kind))
        .param("reason", reason)
        .param("writtenBy", writtenBy)
        .param("writtenAt", Parameters.instant(clock.instant()))
        .update();
  }

  /** Those of a payout, the first one first. */
  List<HoldNote> of(UUID payoutId) {
    return jdbc.sql(
            """
            SELECT * FROM (
                SELECT * FROM payout_hold_note WHERE payout_id = :payoutId
                ORDER BY written_at DESC, id DESC LIMIT :maxRows) last
            ORDER BY written_at, id
            """)
        .param("payoutId", payoutId)
        .param("maxRows", MAX_SHOWN_NOTES)
        .query((row, _) ->
            new HoldNote(
                Columns.constant(HoldNote.Kind.class, row, "kind"),
                row.getString("reason"),
                Columns.uuidOrNull(row, "written_by"),
                Columns.instant(row, "written_at")))
        .list();
  }

  /** Takes a person out of the reasons, of which the rest stays. */
  void forget(ErasedPerson person) {
    jdbc.sql(
            """
            UPDATE payout_hold_note SET reason = regexp_replace(reason, :mention, :erased, 'gi')
             WHERE reason ~* :mention
            """)
        .param("erased", ERASED)
        .param("mention", person.mention())
        .update();
    jdbc.sql(
            """
            UPDATE payout SET hold_reason = regexp_replace(hold_reason, :mention, :erased, 'gi')
             WHERE hold_reason ~* :mention
            """)
        .param("erased", ERASED)
        .param("mention", person.mention())
        .update();
  }

  /** Empties the reasons of payouts that are over, as old as this; returns how many there were. */
  int forgetOld(Instant writtenBefore, int batchRows) {
    return jdbc.sql(
            """
            UPDATE payout_hold_note SET reason = :erased
             WHERE id = ANY (ARRAY(
                   SELECT note.id FROM payout_hold_note note JOIN payout ON payout.id = payout_id
                    WHERE written_at < :writtenBefore AND reason <> :erased
                      AND payout.status IN ('paid', 'failed', 'cancelled')
                    LIMIT :batchRows FOR UPDATE OF note SKIP LOCKED))
            """)
        .param("erased", ERASED)
        .param("writtenBefore", Parameters.instant(writtenBefore))
        .param("batchRows", batchRows)
        .update();
  }

  /** The same of what a payout that is over was held for to the end. */
  int forgetOldOfPayouts(Instant heldBefore, int batchRows) {
    return jdbc.sql(
            """
            UPDATE payout SET hold_reason = :erased
             WHERE id = ANY (ARRAY(
                   SELECT id FROM payout
                    WHERE held_at < :heldBefore AND hold_reason <> :erased
                      AND status IN ('paid', 'failed', 'cancelled')
                    LIMIT :batchRows FOR UPDATE SKIP LOCKED))
            """)
        .param("erased", ERASED)
        .param("heldBefore", Parameters.instant(heldBefore))
        .param("batchRows", batchRows)
        .update();
  }
}
