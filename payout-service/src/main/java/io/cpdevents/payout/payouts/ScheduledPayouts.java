package io.cpdevents.payout.payouts;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what became of the periods of payout schedules. */
@Component
class ScheduledPayouts {

  /**
   * A period of an organization's schedule, in one currency.
   *
   * @param attempt rises when what was available, or the account, has changed under its payout
   */
  record Period(UUID organizationId, Currency currency, Instant start, int attempt) {

    static Period firstAttempt(UUID organizationId, Currency currency, Instant start) {
      return new Period(organizationId, currency, start, 1);
    }
  }

  private final JdbcClient jdbc;

  ScheduledPayouts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether it is settled what became of a period. */
  boolean isSettled(Period period) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM scheduled_payout
                           WHERE organization_id = :organizationId AND currency = :currency
                             AND period_start = :start AND attempt = :attempt)
            """)
        .param("organizationId", period.organizationId())
        .param("currency", Parameters.currency(period.currency()))
        .param("start", Parameters.instant(period.start()))
        .param("attempt", period.attempt())
        .query(Boolean.class)
        .single();
  }

  /**
   * Settles what became of a period; its key refuses a second payout of it.
   *
   * @param payoutId what pays it; null when it is skipped
   * @param skippedBecause the code of why not; null when it is paid
   * @return false when it was settled before
   */
  boolean settle(Period period, @Nullable UUID payoutId, @Nullable String skippedBecause) {
    return jdbc.sql(
                """
                INSERT INTO scheduled_payout (organization_id, currency, period_start, attempt,
                                              payout_id, skipped_because)
                VALUES (:organizationId, :currency, :start, :attempt, :payoutId, :skippedBecause)
                ON CONFLICT (organization_id, currency, period_start, attempt) DO NOTHING
                """)
            .param("organizationId", period.organizationId())
            .param("currency", Parameters.currency(period.currency()))
            .param("start", Parameters.instant(period.start()))
            .param("attempt", period.attempt())
            .param("payoutId", Parameters.uuid(payoutId))
            .param("skippedBecause", Parameters.text(skippedBecause))
            .update()
        == 1;
  }

  /**
   * The next attempts at periods whose last payout billing has refused, or was requested before the
   * organization's account was changed; longest ago first. A period that another one follows is
   * over.
   */
  List<Period> refused(Instant requestedAfter, Instant requestedBefore, int maxRows) {
    return jdbc.sql(
            """
            SELECT s.organization_id, s.currency, s.period_start, s.attempt + 1 AS attempt
            FROM payout p JOIN scheduled_payout s ON s.payout_id = p.id
            WHERE p.failure_reason IN ('balance-changed', 'account-changed')
              AND p.requested_at > :requestedAfter AND p.requested_at <= :requestedBefore
              AND NOT EXISTS (SELECT FROM scheduled_payout later
                              WHERE later.organization_id = s.organization_id
                                AND later.currency = s.currency
                                AND (later.period_start, later.attempt)
                                    > (s.period_start, s.attempt))
            ORDER BY p.requested_at LIMIT :maxRows
            """)
        .param("requestedAfter", Parameters.instant(requestedAfter))
        .param("requestedBefore", Parameters.instant(requestedBefore))
        .param("maxRows", maxRows)
        .query((row, _) ->
            new Period(
                Columns.uuid(row, "organization_id"),
                Columns.currency(row, "currency"),
                Columns.instant(row, "period_start"),
                row.getInt("attempt")))
        .list();
  }
}
