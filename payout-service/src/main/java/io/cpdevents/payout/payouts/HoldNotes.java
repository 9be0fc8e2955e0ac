package io.cpdevents.payout.payouts;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.erasure.ErasedPerson;
import io.cpdevents.platform.sql.Parameters;
import java.time.Clock;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what people typed when they held and released payouts. */
@Component
class HoldNotes {

  /** What was done. */
  enum Kind {
    HELD,
    RELEASED
  }

  /** What stands where somebody who is erased was named. */
  private static final String ERASED = " (erased) ";

  private final JdbcClient jdbc;
  private final Clock clock;

  HoldNotes(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  void add(UUID payoutId, Kind kind, String reason, UUID writtenBy) {
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

  /**
   * Takes a person out of the reasons, of which the rest stays; twice, because of what stands next
   * to each other every second one is found.
   */
  void forget(ErasedPerson person) {
    jdbc.sql(
            """
            UPDATE payout_hold_note SET reason = regexp_replace(
                   regexp_replace(reason, :mention, :erased, 'gi'), :mention, :erased, 'gi')
             WHERE reason ~* :mention
            """)
        .param("erased", ERASED)
        .param("mention", person.mention())
        .update();
    jdbc.sql(
            """
            UPDATE payout SET hold_reason = regexp_replace(
                   regexp_replace(hold_reason, :mention, :erased, 'gi'), :mention, :erased, 'gi')
             WHERE hold_reason ~* :mention
            """)
        .param("erased", ERASED)
        .param("mention", person.mention())
        .update();
  }
}
