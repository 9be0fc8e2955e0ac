package io.cpdevents.billing.plans;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Parameters;
import java.util.Currency;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what plans cost, as Stripe has to know it. */
@Component
class PlanPrices {

  private final JdbcClient jdbc;

  PlanPrices(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  PlanPrice find(String planId, Currency currency) {
    return jdbc.sql(
            """
            SELECT plan.name, price.amount_minor, price.stripe_attempt
            FROM plan_price AS price JOIN plan ON plan.id = price.plan_id
            WHERE price.plan_id = :planId AND price.currency = :currency
            """)
        .param("planId", planId)
        .param("currency", Parameters.currency(currency))
        .query((row, _) ->
            new PlanPrice(
                planId,
                row.getString("name"),
                new Money(row.getLong("amount_minor"), currency),
                row.getInt("stripe_attempt")))
        .single();
  }

  /** Begins the next attempt, unless somebody else has. */
  void beginNextAttempt(PlanPrice price) {
    jdbc.sql(
            """
            UPDATE plan_price SET stripe_attempt = stripe_attempt + 1
            WHERE plan_id = :planId AND currency = :currency AND stripe_attempt = :attempt
            """)
        .param("planId", price.planId())
        .param("currency", Parameters.currency(price.amount().currency()))
        .param("attempt", price.attempt())
        .update();
  }
}
