package io.cpdevents.billing.refunds;

import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * All SQL about refunds that were asked for while their payment was disputed, and about those that
 * a lost dispute has taken the place of.
 */
@Component
class WaitingRefunds {

  private final JdbcClient jdbc;

  WaitingRefunds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps a request; one that was kept before stays as it is. */
  void insert(AcceptRefund.Command request, Currency currency, Instant now) {
    insert(request, currency, false, now);
  }

  /** Keeps a request for the case that a lost dispute is won after all. */
  void insertOwedAgain(AcceptRefund.Command request, Currency currency, Instant now) {
    insert(request, currency, true, now);
  }

  private void insert(
      AcceptRefund.Command request, Currency currency, boolean afterLoss, Instant now) {
    jdbc.sql(
            """
            INSERT INTO refund_request_waiting (
                refund_id, payment_id, cause, currency, ticket_ids, amounts_minor, requested_at,
                after_loss)
            VALUES (
                :refundId, :paymentId, :cause, :currency, :ticketIds, :amounts, :now, :afterLoss)
            ON CONFLICT (refund_id) DO NOTHING
            """)
        .param("afterLoss", afterLoss)
        .param("refundId", request.refundId())
        .param("paymentId", request.paymentId())
        .param("cause", Parameters.constant(request.cause()))
        .param("currency", Parameters.currency(currency))
        .param("ticketIds", Parameters.uuids(request.lines(), AcceptRefund.Line::ticketId))
        .param("amounts", Parameters.bigints(request.lines(), line -> line.amount().amountMinor()))
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Takes the requests about a payment out, oldest first. Each is capped at what is left. */
  List<AcceptRefund.Command> take(UUID paymentId) {
    return take(paymentId, false);
  }

  /** Takes the requests about a payment out whose place a dispute had taken, oldest first. */
  List<AcceptRefund.Command> takeOwedAgain(UUID paymentId) {
    return take(paymentId, true);
  }

  private List<AcceptRefund.Command> take(UUID paymentId, boolean afterLoss) {
    return jdbc.sql(
            """
            WITH taken AS (
                DELETE FROM refund_request_waiting
                WHERE payment_id = :paymentId AND after_loss = :afterLoss RETURNING *)
            SELECT * FROM taken ORDER BY requested_at, refund_id
            """)
        .param("paymentId", paymentId)
        .param("afterLoss", afterLoss)
        .query(WaitingRefunds::read)
        .list();
  }

  private static AcceptRefund.Command read(ResultSet row, int number) throws SQLException {
    Currency currency = Columns.currency(row, "currency");
    UUID[] tickets = (UUID[]) row.getArray("ticket_ids").getArray();
    Long[] amounts = (Long[]) row.getArray("amounts_minor").getArray();
    List<AcceptRefund.Line> lines = new ArrayList<>();
    for (int i = 0; i < tickets.length; i++) {
      lines.add(new AcceptRefund.Line(tickets[i], new Money(amounts[i], currency)));
    }
    return new AcceptRefund.Command(
        Columns.uuid(row, "refund_id"),
        Columns.uuid(row, "payment_id"),
        lines,
        true,
        Columns.constant(RefundCause.class, row, "cause"));
  }
}
