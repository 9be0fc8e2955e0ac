package io.cpdevents.billing.ledger;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Parameters;
import java.time.Clock;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What does not match and waits for a person. */
@Component
public class Breaks {

  private static final Logger LOG = LoggerFactory.getLogger(Breaks.class);

  private final JdbcClient jdbc;
  private final Clock clock;

  Breaks(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Opens a break, once for each kind and object of Stripe. */
  public void open(BreakKind kind, String stripeId, @Nullable UUID paymentId, Money amount) {
    int opened =
        jdbc.sql(
                """
                INSERT INTO ledger_break (
                    id, kind, stripe_id, payment_id, currency, amount_minor, suggested_action, opened_at)
                VALUES (
                    :id, :kind, :stripeId, :paymentId, :currency, :amount, :suggestedAction, :now)
                ON CONFLICT (kind, stripe_id) DO NOTHING
                """)
            .param("id", Ids.next())
            .param("kind", Parameters.constant(kind))
            .param("stripeId", stripeId)
            .param("paymentId", Parameters.uuid(paymentId))
            .param("currency", Parameters.currency(amount.currency()))
            .param("amount", amount.amountMinor())
            .param("suggestedAction", kind.suggestedAction())
            .param("now", Parameters.instant(clock.instant()))
            .update();
    if (opened == 1) {
      LOG.warn("A break was opened: {} {} payment {}", kind, stripeId, paymentId);
    }
  }

  /** Whether a person still has to look at one of these. */
  public boolean isOpen(BreakKind kind, Collection<String> stripeIds) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM ledger_break
                WHERE kind = :kind AND stripe_id = ANY (:stripeIds) AND resolved_at IS NULL)
            """)
        .param("kind", Parameters.constant(kind))
        .param("stripeIds", Parameters.texts(stripeIds, id -> id))
        .query(Boolean.class)
        .single();
  }

  /** Resolves a break whose cause has gone. Returns whether one of these was open. */
  public boolean resolve(BreakKind kind, Collection<String> stripeIds) {
    int resolved =
        jdbc.sql(
                """
                UPDATE ledger_break SET resolved_at = :now
                WHERE kind = :kind AND stripe_id = ANY (:stripeIds) AND resolved_at IS NULL
                """)
            .param("kind", Parameters.constant(kind))
            .param("stripeIds", Parameters.texts(stripeIds, id -> id))
            .param("now", Parameters.instant(clock.instant()))
            .update();
    if (resolved > 0) {
      LOG.info("A break has resolved itself: {} {}", kind, stripeIds);
    }
    return resolved > 0;
  }
}
