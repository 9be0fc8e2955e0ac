package io.cpdevents.payout.payouts;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What about payouts people have to decide. */
@Component
public class OpenQuestionQueries {

  /** More than people can work on. */
  private static final int MAX_ROWS = 1_000;

  private final JdbcClient jdbc;

  OpenQuestionQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * All of them. What has been left on an account is asked about its last payout that has ended.
   */
  public List<OpenQuestion> all() {
    return jdbc.sql(
            """
            SELECT id, 'unconfirmed' AS kind, amount_minor, currency
            FROM payout WHERE status = 'unconfirmed'
            UNION ALL
            SELECT id, 'money-missing', amount_minor, currency
            FROM payout WHERE waits_for = :accountBalance AND status IN ('reserved', 'transferred')
            UNION ALL
            SELECT last.id, 'money-left', l.amount_minor, l.currency
            FROM payout_account a
            CROSS JOIN LATERAL (SELECT * FROM left_money m
                                WHERE m.organization_id = a.organization_id
                                  AND m.account_id = a.stripe_id) AS l
            CROSS JOIN LATERAL (SELECT p.id FROM payout p
                                WHERE p.account_id = l.account_id AND p.currency = l.currency
                                  AND p.status IN ('failed', 'cancelled')
                                ORDER BY p.requested_at DESC, p.id DESC LIMIT 1) AS last
            WHERE a.status = 'disconnected' AND l.amount_minor > 0
              AND NOT EXISTS (SELECT FROM payout p
                              LEFT JOIN transfer_reversal r ON r.payout_id = p.id
                              WHERE p.account_id = l.account_id AND p.currency = l.currency
                                AND p.status IN ('failed', 'cancelled')
                                AND p.transfer_id IS NOT NULL
                                AND (r.payout_id IS NULL OR r.status = 'sent'))
            LIMIT :maxRows
            """)
        .param("accountBalance", Parameters.constant(WaitsFor.ACCOUNT_BALANCE))
        .param("maxRows", MAX_ROWS)
        .query((row, _) ->
            new OpenQuestion(
                Columns.uuid(row, "id"),
                Columns.constant(OpenQuestion.Kind.class, row, "kind"),
                Columns.money(row, "amount_minor")))
        .list();
  }
}
