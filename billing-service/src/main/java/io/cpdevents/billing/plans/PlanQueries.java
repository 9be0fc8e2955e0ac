package io.cpdevents.billing.plans;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The catalogue of plans. */
@Component
public class PlanQueries {

  /** An amount in each currency, as the database puts it together. */
  private record Amounts(List<Money> data) {}

  /** What is free has a price too: nothing, in each currency in which something else is sold. */
  private static final String SELECT =
      """
      SELECT plan.*, rule.basis_points,
             (SELECT jsonb_build_object('data', jsonb_agg(
                         jsonb_build_object('amountMinor', fixed_per_ticket_minor, 'currency', currency)
                         ORDER BY currency))
              FROM fee_rule_amount
              WHERE plan_id = plan.id AND valid_from = rule.valid_from) AS per_ticket,
             (SELECT jsonb_build_object('data', jsonb_agg(
                         jsonb_build_object('amountMinor', coalesce(amount_minor, 0), 'currency', currency)
                         ORDER BY currency))
              FROM fee_rule_amount LEFT JOIN plan_price USING (plan_id, currency)
              WHERE plan_id = plan.id AND valid_from = rule.valid_from) AS prices
      FROM plan CROSS JOIN LATERAL (
          SELECT valid_from, basis_points FROM fee_rule
          WHERE plan_id = plan.id AND valid_from <= :now
          ORDER BY valid_from DESC LIMIT 1) AS rule
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  PlanQueries(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** All plans, the smallest first. */
  @Transactional(readOnly = true)
  public List<Plan> all() {
    return jdbc.sql(SELECT + " ORDER BY position")
        .param("now", Parameters.instant(clock.instant()))
        .query(PlanQueries::read)
        .list();
  }

  /** A plan that there is. */
  public Plan plan(String planId) {
    return jdbc.sql(SELECT + " WHERE id = :id")
        .param("id", planId)
        .param("now", Parameters.instant(clock.instant()))
        .query(PlanQueries::read)
        .single();
  }

  /** The plan that is sold as this product at Stripe; empty when it is none of ours. */
  public Optional<Plan> ofProduct(String productId) {
    return all().stream()
        .filter(plan -> PlanPrice.productId(plan.id()).equals(productId))
        .findFirst();
  }

  /** Whether a plan allows less than another one. */
  public boolean isSmaller(String planId, String otherPlanId) {
    List<String> known = all().stream().map(Plan::id).toList();
    return known.indexOf(planId) < known.indexOf(otherPlanId);
  }

  private static Plan read(ResultSet row, int number) throws SQLException {
    return new Plan(
        row.getString("id"),
        row.getString("name"),
        amounts(row, "prices"),
        new Plan.Limits(
            Columns.integerOrNull(row, "max_publications"),
            Columns.integerOrNull(row, "max_registrations")),
        new Plan.FeeTerms(row.getInt("basis_points"), amounts(row, "per_ticket")));
  }

  private static List<Money> amounts(ResultSet row, String column) throws SQLException {
    return Columns.json(Amounts.class, row, column).data();
  }
}
