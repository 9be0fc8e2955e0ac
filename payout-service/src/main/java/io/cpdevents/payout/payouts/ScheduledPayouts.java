package io.cpdevents.payout.payouts;

import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what became of the periods of payout schedules. */
@Component
class ScheduledPayouts {

  /** A period of an organization's schedule, in one currency. */
  record Period(UUID organizationId, Currency currency, Instant start) {}

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
                             AND period_start = :start)
            """)
        .param("organizationId", period.organizationId())
        .param("currency", Parameters.currency(period.currency()))
        .param("start", Parameters.instant(period.start()))
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
                INSERT INTO scheduled_payout (organization_id, currency, period_start, payout_id,
                                              skipped_because)
                VALUES (:organizationId, :currency, :start, :payoutId, :skippedBecause)
                ON CONFLICT (organization_id, currency, period_start) DO NOTHING
                """)
            .param("organizationId", period.organizationId())
            .param("currency", Parameters.currency(period.currency()))
            .param("start", Parameters.instant(period.start()))
            .param("payoutId", Parameters.uuid(payoutId))
            .param("skippedBecause", Parameters.text(skippedBecause))
            .update()
        == 1;
  }
}
