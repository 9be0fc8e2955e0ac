package io.cpdevents.billing.plans;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Parameters;
import java.time.Clock;
import java.util.Currency;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The fee rules of the plans. */
@Component
public class FeeRuleQueries {

  private final JdbcClient jdbc;
  private final Clock clock;

  FeeRuleQueries(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * The rule that holds at this moment, of the plan that an organization has at this moment.
   *
   * @throws RuleViolation {@code currency-not-supported} when the plan has no fixed amount in it
   */
  public FeeRule ofOrganization(UUID organizationId, Currency currency) {
    return jdbc.sql(
            """
            SELECT plan_id, basis_points, fixed_per_ticket_minor
            FROM (
                SELECT * FROM fee_rule
                WHERE plan_id = coalesce(
                          (SELECT plan_id FROM subscription
                           WHERE organization_id = :organizationId),
                          :freePlan)
                      AND valid_from <= :now
                ORDER BY valid_from DESC LIMIT 1) AS rule
            JOIN fee_rule_amount USING (plan_id, valid_from)
            WHERE currency = :currency
            """)
        .param("organizationId", organizationId)
        .param("freePlan", Plan.FREE)
        .param("now", Parameters.instant(clock.instant()))
        .param("currency", currency.getCurrencyCode())
        .query((row, _) ->
            new FeeRule(
                row.getString("plan_id"),
                row.getInt("basis_points"),
                new Money(row.getLong("fixed_per_ticket_minor"), currency)))
        .optional()
        .orElseThrow(() ->
            BillingProblem.CURRENCY_NOT_SUPPORTED.violation(
                "No plan has a fee in " + currency + "."));
  }
}
