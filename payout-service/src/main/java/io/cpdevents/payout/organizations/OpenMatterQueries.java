package io.cpdevents.payout.organizations;

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

  /** In one word each: what it has or owes in any currency, and payouts under way. */
  public List<String> of(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT matter FROM (
                SELECT 1, 'balance', EXISTS (
                    SELECT FROM balance WHERE organization_id = :organizationId
                    GROUP BY currency
                    HAVING sum(organization_minor) <> 0 OR sum(held_minor) <> 0)
                UNION ALL
                SELECT 2, 'payouts', EXISTS (
                    SELECT FROM payout WHERE organization_id = :organizationId
                      AND status NOT IN ('paid', 'failed', 'cancelled'))
                    OR EXISTS (
                    SELECT FROM balance WHERE organization_id = :organizationId
                    GROUP BY currency HAVING sum(in_payout_minor) <> 0)
            ) open_matter (position, matter, is_open)
            WHERE is_open ORDER BY position
            """)
        .param("organizationId", organizationId)
        .query((row, _) -> row.getString("matter"))
        .list();
  }
}
