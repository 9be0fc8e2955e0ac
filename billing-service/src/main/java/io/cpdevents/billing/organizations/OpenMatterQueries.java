package io.cpdevents.billing.organizations;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What of an organization's money is not over: it is not closed before. */
@Component
public class OpenMatterQueries {

  private final JdbcClient jdbc;

  OpenMatterQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * In one word each. A refund that has failed is open as long as the buyer is owed the money
   * whatever happens; a plan, when a month of it is not paid, or a change of it is to come. What
   * the organization has is asked of the ledger: payout-service may not have heard of it yet.
   */
  public List<String> of(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT matter FROM (
                SELECT 1, 'payments', EXISTS (
                    SELECT FROM payment WHERE organization_id = :organizationId
                      AND status IN ('awaiting-payment', 'processing'))
                UNION ALL
                SELECT 2, 'refunds', EXISTS (
                    SELECT FROM refund WHERE organization_id = :organizationId
                      AND (status IN ('requested', 'pending')
                           OR (status = 'failed'
                               AND cause NOT IN ('requested', 'fraud-warning', 'made-at-stripe'))))
                UNION ALL
                SELECT 3, 'disputes', EXISTS (
                    SELECT FROM dispute JOIN payment ON payment.id = payment_id
                    WHERE payment.organization_id = :organizationId AND closed_at IS NULL)
                UNION ALL
                SELECT 4, 'plan', EXISTS (
                    SELECT FROM subscription WHERE organization_id = :organizationId
                      AND status IN ('trial-requested', 'past-due', 'grace'))
                    OR EXISTS (
                    SELECT FROM plan_change WHERE organization_id = :organizationId
                      AND status IN ('requested', 'awaiting-authentication', 'scheduled',
                                     'call-off-requested'))
                UNION ALL
                SELECT 5, 'balance', EXISTS (
                    SELECT FROM account_balance
                    WHERE account IN ('organization:' || :account, 'held:' || :account,
                                      'in-payout:' || :account)
                      AND amount_minor <> 0)
            ) open_matter (position, matter, is_open)
            WHERE is_open ORDER BY position
            """)
        .param("organizationId", organizationId)
        .param("account", organizationId.toString())
        .query((row, _) -> row.getString("matter"))
        .list();
  }
}
