package io.cpdevents.billing.invoices;

import io.cpdevents.billing.stripe.StripeInvoice;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

  /** Whether it is doubted of an open invoice of a subscription that Stripe has given it up. */
  public boolean hasDoubted(String stripeSubscriptionId) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM invoice
                WHERE stripe_subscription_id = :subscriptionId AND status = 'open'
                      AND doubted_since IS NOT NULL)
            """)
        .param("subscriptionId", stripeSubscriptionId)
        .query(Boolean.class)
        .single();
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

  /**
   * The invoices of a subscription for months before this one that are open, and that nobody tries
   * to charge any more, the oldest first.
   *
   * @param month when it begins
   */
  public List<Invoice> leftOpenBefore(String stripeSubscriptionId, Instant month) {
    return jdbc.sql(
            """
            SELECT * FROM invoice
            WHERE stripe_subscription_id = :subscriptionId AND status = 'open' AND attempts > 0
                  AND next_attempt_at IS NULL AND doubted_since IS NULL AND NOT replacement_is_due
                  AND billing_reason = 'subscription_cycle' AND period_starts_at < :month
            ORDER BY period_starts_at
            """)
        .param("subscriptionId", stripeSubscriptionId)
        .param("month", Parameters.instant(month))
        .query(Invoices::read)
        .list();
  }

  /**
   * Where the payment of the latest open month of a subscription is authenticated, if a bank asks.
   */
  public Optional<String> authenticationUrl(String stripeSubscriptionId) {
    return jdbc.sql(
            """
            SELECT authentication_url FROM invoice
            WHERE stripe_subscription_id = :subscriptionId AND status = 'open'
                  AND billing_reason = 'subscription_cycle' AND authentication_url IS NOT NULL
            ORDER BY period_starts_at DESC LIMIT 1
            """)
        .param("subscriptionId", stripeSubscriptionId)
        .query(String.class)
        .optional();
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
        row.getString("authentication_url"),
        Columns.instant(row, "created_at"));
  }
}
