package io.cpdevents.billing.ledger;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what organizations have owed and two people have written off. */
@Component
class WrittenOffDebts {

  private final JdbcClient jdbc;

  WrittenOffDebts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** So much more was written off. */
  void add(UUID organizationId, Money amount) {
    jdbc.sql(
            """
            INSERT INTO written_off_debt (organization_id, currency, amount_minor)
            VALUES (:organizationId, :currency, :amount)
            ON CONFLICT (organization_id, currency) DO UPDATE
            SET amount_minor = written_off_debt.amount_minor + excluded.amount_minor
            """)
        .param("organizationId", organizationId)
        .param("currency", Parameters.currency(amount.currency()))
        .param("amount", amount.amountMinor())
        .update();
  }

  /** Takes back what was written off, no more than this; returns how much it was. */
  Money take(UUID organizationId, Money most) {
    return jdbc.sql(
            """
            UPDATE written_off_debt
            SET amount_minor = amount_minor - least(amount_minor, :most)
            WHERE organization_id = :organizationId AND currency = :currency AND amount_minor > 0
            RETURNING currency, old.amount_minor - new.amount_minor AS taken_minor
            """)
        .param("organizationId", organizationId)
        .param("currency", Parameters.currency(most.currency()))
        .param("most", most.amountMinor())
        .query((row, _) -> Columns.money(row, "taken_minor"))
        .optional()
        .orElseGet(() -> Money.zero(most.currency()));
  }
}
