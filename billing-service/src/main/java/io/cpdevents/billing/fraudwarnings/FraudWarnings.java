package io.cpdevents.billing.fraudwarnings;

import io.cpdevents.billing.stripe.StripeFraudWarning;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL that writes fraud warnings. */
@Component
class FraudWarnings {

  private final JdbcClient jdbc;

  FraudWarnings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds a warning; false when it was added before.
   *
   * @param refundId by which all of the payment goes back because of it; null when it does not
   */
  boolean insert(StripeFraudWarning warning, UUID paymentId, @Nullable UUID refundId, Instant now) {
    return jdbc.sql(
                """
                INSERT INTO fraud_warning (
                    stripe_warning_id, payment_id, fraud_type, refund_id, received_at)
                VALUES (:stripeId, :paymentId, :fraudType, :refundId, :now)
                ON CONFLICT (stripe_warning_id) DO NOTHING
                """)
            .param("stripeId", warning.id())
            .param("paymentId", paymentId)
            .param("fraudType", warning.fraudType())
            .param("refundId", Parameters.uuid(refundId))
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  boolean exists(String stripeId) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM fraud_warning WHERE stripe_warning_id = :stripeId)")
        .param("stripeId", stripeId)
        .query(Boolean.class)
        .single();
  }
}
