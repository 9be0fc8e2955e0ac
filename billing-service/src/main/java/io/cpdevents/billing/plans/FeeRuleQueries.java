package io.cpdevents.billing.plans;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import java.util.Currency;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The fee rules of the plans. */
@Component
public class FeeRuleQueries {

  private final JdbcClient jdbc;

  FeeRuleQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The rule of the plan that an organization has at this moment.
   *
   * @throws RuleViolation {@code currency-not-supported} when the plan has no fixed amount in it
   */
  public FeeRule ofOrganization(UUID organizationId, Currency currency) {
    return jdbc.sql(
            """
            SELECT plan.id, plan.fee_basis_points, fee_rule.fixed_per_ticket_minor
            FROM plan JOIN fee_rule ON fee_rule.plan_id = plan.id
            WHERE plan.id = coalesce(
                      (SELECT plan_id FROM subscription WHERE organization_id = :organizationId),
                      :freePlan)
                  AND fee_rule.currency = :currency
            """)
        .param("organizationId", organizationId)
        .param("freePlan", Plan.FREE)
        .param("currency", currency.getCurrencyCode())
        .query((row, _) ->
            new FeeRule(
                row.getString("id"),
                row.getInt("fee_basis_points"),
                new Money(row.getLong("fixed_per_ticket_minor"), currency)))
        .optional()
        .orElseThrow(() ->
            BillingProblem.CURRENCY_NOT_SUPPORTED.violation(
                "No plan has a fee in " + currency + "."));
  }
}
