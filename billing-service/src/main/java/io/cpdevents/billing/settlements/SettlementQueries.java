package io.cpdevents.billing.settlements;

import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What operators see of outcomes that were settled by asking Stripe. */
@Component
public class SettlementQueries {

  private final JdbcClient jdbc;

  SettlementQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The newest first.
   *
   * @param subjectId of one thing only; null for all
   */
  @Transactional(readOnly = true)
  public Page<Settlement> list(@Nullable String subjectId, PageRequest page) {
    KeysetPage keyset = KeysetPage.descending("settled_at", "id", page);
    List<Settlement> rows =
        jdbc.sql(
                "SELECT * FROM settlement WHERE (:subjectId IS NULL OR subject_id = :subjectId)"
                    + keyset.condition()
                    + keyset.orderAndLimit())
            .param("subjectId", Parameters.text(subjectId))
            .params(keyset.parameters())
            .query(Settlements::read)
            .list();
    return Page.of(rows, page, row -> new Cursor(row.settledAt(), row.id()));
  }
}
