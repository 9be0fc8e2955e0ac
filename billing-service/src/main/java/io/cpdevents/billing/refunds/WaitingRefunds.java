package io.cpdevents.billing.refunds;

import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.Ids;
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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * All SQL about refunds that were asked for while their payment was disputed, and about those that
 * a lost dispute, or a refund that can be called off, has taken the place of.
 */
@Component
class WaitingRefunds {

  private final JdbcClient jdbc;

  WaitingRefunds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps a request; one that was kept before stays as it is. */
  void insert(AcceptRefund.Command request, Currency currency, Instant now) {
    insert(request, currency, false, null, now);
  }

  /** Keeps what is owed again when what has taken its place comes to nothing. */
  void insertOwedAgain(OwedAgain.Owed owed, Currency currency, Instant now) {
    insert(owed.request(Ids.next()), currency, true, owed.restOf(), now);
  }

  private void insert(
      AcceptRefund.Command request,
      Currency currency,
      boolean owedAgain,
      @Nullable UUID restOf,
      Instant now) {
    jdbc.sql(
            """
            INSERT INTO refund_request_waiting (
                refund_id, payment_id, cause, currency, ticket_ids, amounts_minor, requested_at,
                owed_again, rest_of)
            VALUES (
                :refundId, :paymentId, :cause, :currency, :ticketIds, :amounts, :now, :owedAgain,
                :restOf)
            ON CONFLICT (refund_id) DO NOTHING
            """)
        .param("owedAgain", owedAgain)
        .param("restOf", Parameters.uuid(restOf))
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
    return take(paymentId, false, WaitingRefunds::request);
  }

  /** Takes out what of a payment something else had taken the place of, oldest first. */
  List<OwedAgain.Owed> takeOwedAgain(UUID paymentId) {
    return take(paymentId, true, WaitingRefunds::owed);
  }

  /** Deletes what is the rest of a refund. */
  void forgetRestOf(UUID refundId) {
    jdbc.sql("DELETE FROM refund_request_waiting WHERE rest_of = :refundId")
        .param("refundId", refundId)
        .update();
  }

  private <T> List<T> take(UUID paymentId, boolean owedAgain, RowMapper<T> reader) {
    return jdbc.sql(
            """
            WITH taken AS (
                DELETE FROM refund_request_waiting
                WHERE payment_id = :paymentId AND owed_again = :owedAgain RETURNING *)
            SELECT * FROM taken ORDER BY requested_at, refund_id
            """)
        .param("paymentId", paymentId)
        .param("owedAgain", owedAgain)
        .query(reader)
        .list();
  }

  private static OwedAgain.Owed owed(ResultSet row, int number) throws SQLException {
    return new OwedAgain.Owed(
        Columns.uuid(row, "payment_id"),
        Columns.constant(RefundCause.class, row, "cause"),
        lines(row),
        Columns.uuidOrNull(row, "rest_of"));
  }

  private static AcceptRefund.Command request(ResultSet row, int number) throws SQLException {
    return new AcceptRefund.Command(
        Columns.uuid(row, "refund_id"),
        Columns.uuid(row, "payment_id"),
        lines(row),
        true,
        Columns.constant(RefundCause.class, row, "cause"));
  }

  private static List<AcceptRefund.Line> lines(ResultSet row) throws SQLException {
    Currency currency = Columns.currency(row, "currency");
    UUID[] tickets = (UUID[]) row.getArray("ticket_ids").getArray();
    Long[] amounts = (Long[]) row.getArray("amounts_minor").getArray();
    List<AcceptRefund.Line> lines = new ArrayList<>();
    for (int i = 0; i < tickets.length; i++) {
      lines.add(new AcceptRefund.Line(tickets[i], new Money(amounts[i], currency)));
    }
    return List.copyOf(lines);
  }
}
