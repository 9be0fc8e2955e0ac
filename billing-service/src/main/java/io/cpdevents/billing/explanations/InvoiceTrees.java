package io.cpdevents.billing.explanations;

import static io.cpdevents.billing.explanations.Explanation.Kind.CAPTURE;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about charges that have paid invoices of organizations' plans. */
@Component
class InvoiceTrees {

  private record Paid(String businessId, Explanation capture) {}

  private final JdbcClient jdbc;

  InvoiceTrees(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What such charges have taken.
   *
   * @param businessIds of journals: a charge, or the balance transaction of one; others are of none
   */
  Map<String, Explanation> captures(Collection<String> businessIds) {
    if (businessIds.isEmpty()) {
      return Map.of();
    }
    return jdbc
        .sql(
            """
            SELECT asked.id AS asked_id, charge.id AS charge_id, charge.currency,
                   charge.amount_minor, coalesce(invoice.number, invoice.stripe_id) AS number,
                   invoice.organization_id, journal.id AS journal_id
            FROM unnest(:ids) AS asked (id)
            LEFT JOIN balance_transaction mirrored ON mirrored.id = asked.id
            JOIN stripe_charge charge ON charge.id = coalesce(mirrored.source, asked.id)
            JOIN invoice ON invoice.stripe_id = charge.stripe_invoice_id
            LEFT JOIN journal
                ON journal.kind = 'invoice-paid' AND journal.business_id = charge.id
            """)
        .param("ids", Parameters.texts(businessIds, id -> id))
        .query((row, _) ->
            new Paid(
                row.getString("asked_id"),
                Explanation.leaf(
                        CAPTURE,
                        row.getString("charge_id"),
                        "The organization %s has paid the invoice %s for its plan"
                            .formatted(
                                Columns.uuid(row, "organization_id"), row.getString("number")),
                        Columns.money(row, "amount_minor"))
                    .byJournal(Columns.uuidOrNull(row, "journal_id"))
                    .atStripe(row.getString("charge_id"))))
        .list()
        .stream()
        .collect(Collectors.toMap(Paid::businessId, Paid::capture));
  }
}
