package io.cpdevents.billing.ledger;

import io.cpdevents.platform.sql.Parameters;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What other features ask about breaks. */
@Component
public class BreakQueries {

  private final JdbcClient jdbc;

  BreakQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Whether a person still has to look at one of this kind about one of these objects of Stripe.
   */
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
}
