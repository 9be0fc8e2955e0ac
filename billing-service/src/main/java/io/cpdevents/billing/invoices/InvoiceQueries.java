package io.cpdevents.billing.invoices;

import io.cpdevents.billing.stripe.StripeInvoice;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The read side of invoices. */
@Component
public class InvoiceQueries {

  private final JdbcClient jdbc;

  InvoiceQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** An organization's invoices, newest first. */
  public Page<InvoiceView> ofOrganization(UUID organizationId, PageRequest page) {
    KeysetPage keyset = KeysetPage.descending("created_at", "id", page);
    List<InvoiceView> rows =
        jdbc.sql(
                "SELECT * FROM invoice WHERE organization_id = :organizationId"
                    + keyset.condition()
                    + keyset.orderAndLimit())
            .param("organizationId", organizationId)
            .params(keyset.parameters())
            .query(InvoiceQueries::read)
            .list();
    return Page.of(rows, page, view -> new Cursor(view.createdAt(), view.id()));
  }

  /** Whether an organization has paid for a plan. */
  public boolean hasPaid(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM invoice
                WHERE organization_id = :organizationId AND status = 'paid' AND total_minor > 0)
            """)
        .param("organizationId", organizationId)
        .query(Boolean.class)
        .single();
  }

  private static InvoiceView read(ResultSet row, int number) throws SQLException {
    return new InvoiceView(
        Columns.uuid(row, "id"),
        row.getString("number"),
        InvoiceView.Status.of(Columns.constant(StripeInvoice.Status.class, row, "status")),
        Columns.money(row, "total_minor"),
        Columns.money(row, "paid_minor"),
        Columns.instant(row, "period_starts_at"),
        Columns.instant(row, "period_ends_at"),
        row.getString("pdf_url"),
        Columns.instant(row, "created_at"));
  }
}
