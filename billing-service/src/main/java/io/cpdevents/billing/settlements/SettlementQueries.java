package io.cpdevents.billing.settlements;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What operators see of outcomes that were settled by asking Stripe. */
@Component
public class SettlementQueries {

  private final JdbcClient jdbc;
  private final Settlements settlements;

  SettlementQueries(JdbcClient jdbc, Settlements settlements) {
    this.jdbc = jdbc;
    this.settlements = settlements;
  }

  /**
   * One.
   *
   * @throws RuleViolation 404 {@code settlement-not-found}
   */
  public Settlement get(UUID id) {
    return settlements.find(id).orElseThrow(BillingProblem.SETTLEMENT_NOT_FOUND::violation);
  }

  /** The newest first. */
  @Transactional(readOnly = true)
  public Page<Settlement> list(SettlementFilter filter, PageRequest page) {
    KeysetPage keyset = KeysetPage.descending("settled_at", "id", page);
    List<Settlement> rows =
        jdbc.sql(
                "SELECT * FROM settlement WHERE true"
                    + filter.condition()
                    + keyset.condition()
                    + keyset.orderAndLimit())
            .params(filter.parameters())
            .params(keyset.parameters())
            .query(Settlements::read)
            .list();
    return Page.of(rows, page, row -> new Cursor(row.settledAt(), row.id()));
  }
}
