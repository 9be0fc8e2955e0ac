package io.cpdevents.billing.refunds;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.payments.MoneyReaders;
import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refunds as buyers, organizations and platform finance see them. */
@Component
public class RefundQueries {

  private record Row(
      UUID id,
      UUID paymentId,
      UUID registrationId,
      UUID accountId,
      UUID organizationId,
      UUID eventId,
      RefundStatus status,
      Money amount,
      RefundCause cause,
      Optional<String> reason,
      Optional<RefundView.RequestedBy> requestedBy,
      Instant requestedAt,
      Optional<Instant> succeededAt) {

    /** Without who has asked for it, which is the organization's and the platform's affair. */
    Row forBuyer() {
      return new Row(
          id,
          paymentId,
          registrationId,
          accountId,
          organizationId,
          eventId,
          status,
          amount,
          cause,
          reason,
          Optional.empty(),
          requestedAt,
          succeededAt);
    }
  }

  private record LineRow(UUID refundId, RefundView.Line line) {}

  private record AttemptRow(UUID refundId, RefundView.Attempt attempt) {}

  private static final String SELECT =
      """
      SELECT refund.*, payment.registration_id, payment.account_id, payment.event_id
      FROM refund JOIN payment ON payment.id = refund.payment_id
      """;

  private final JdbcClient jdbc;

  RefundQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One refund, for its buyer, the organization's finance, or the platform's finance and support.
   *
   * @throws RuleViolation 404 {@code refund-not-found}, 403 {@code role-missing}
   */
  public RefundView one(Caller caller, UUID id) {
    Row row =
        jdbc.sql(SELECT + " WHERE refund.id = :id")
            .param("id", id)
            .query(RefundQueries::read)
            .optional()
            .orElseThrow(() -> BillingProblem.REFUND_NOT_FOUND.violation());
    boolean readsAll = MoneyReaders.include(caller, row.organizationId());
    if (!readsAll && !row.accountId().equals(caller.accountId())) {
      MoneyReaders.require(caller, row.organizationId(), BillingProblem.REFUND_NOT_FOUND);
    }
    return views(List.of(readsAll ? row : row.forBuyer())).getFirst();
  }

  /**
   * An organization's refunds, newest first.
   *
   * @throws RuleViolation 404 {@code organization-not-found}, 403 {@code role-missing}
   */
  public Page<RefundView> ofOrganization(
      Caller caller, UUID organizationId, RefundFilter filter, PageRequest page) {
    MoneyReaders.require(caller, organizationId);
    KeysetPage keyset = KeysetPage.descending("refund.requested_at", "refund.id", page);
    List<Row> rows =
        jdbc.sql(
                SELECT
                    + " WHERE refund.organization_id = :organizationId"
                    + filter.condition()
                    + keyset.condition()
                    + keyset.orderAndLimit())
            .param("organizationId", organizationId)
            .params(filter.parameters())
            .params(keyset.parameters())
            .query(RefundQueries::read)
            .list();
    return Page.of(views(rows), page, view -> new Cursor(view.requestedAt(), view.id()));
  }

  /** Why those of these refunds that exist were made, in no order. */
  public List<RefundReason> reasons(List<UUID> refundIds) {
    return jdbc.sql(
            """
            SELECT refund.id, registration_id, reason
            FROM refund JOIN payment ON payment.id = payment_id
            WHERE refund.id = ANY (:ids)
            """)
        .param("ids", Parameters.uuids(refundIds, id -> id))
        .query((row, _) ->
            new RefundReason(
                Columns.uuid(row, "id"),
                Columns.uuid(row, "registration_id"),
                row.getString("reason")))
        .list();
  }

  private List<RefundView> views(List<Row> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<UUID, Currency> currencies =
        rows.stream().collect(Collectors.toMap(Row::id, row -> row.amount().currency()));
    Map<UUID, List<LineRow>> lines =
        lines(currencies).stream().collect(Collectors.groupingBy(LineRow::refundId));
    Map<UUID, List<AttemptRow>> attempts =
        attempts(currencies).stream().collect(Collectors.groupingBy(AttemptRow::refundId));
    return rows.stream()
        .map(row ->
            view(
                row,
                lines.getOrDefault(row.id(), List.of()).stream().map(LineRow::line).toList(),
                attempts.getOrDefault(row.id(), List.of()).stream()
                    .map(AttemptRow::attempt)
                    .toList()))
        .toList();
  }

  private static RefundView view(
      Row row, List<RefundView.Line> lines, List<RefundView.Attempt> attempts) {
    return new RefundView(
        row.id(),
        row.paymentId(),
        row.registrationId(),
        row.organizationId(),
        row.eventId(),
        row.status(),
        row.amount(),
        row.cause(),
        row.reason().orElse(null),
        row.requestedBy().orElse(null),
        lines,
        row.requestedAt(),
        row.succeededAt().orElse(null),
        attempts);
  }

  private List<LineRow> lines(Map<UUID, Currency> currencies) {
    return jdbc.sql(
            """
            SELECT refund_id, refund_line.ticket_id, refund_line.amount_minor
            FROM refund_line
            JOIN refund ON refund.id = refund_id
            JOIN payment_line ON payment_line.payment_id = refund.payment_id
                AND payment_line.ticket_id = refund_line.ticket_id
            WHERE refund_id IN (:refundIds) ORDER BY refund_id, position
            """)
        .param("refundIds", currencies.keySet())
        .query((row, _) -> {
          UUID refundId = Columns.uuid(row, "refund_id");
          return new LineRow(
              refundId,
              new RefundView.Line(
                  Columns.uuid(row, "ticket_id"),
                  new Money(
                      row.getLong("amount_minor"),
                      Objects.requireNonNull(currencies.get(refundId)))));
        })
        .list();
  }

  private List<AttemptRow> attempts(Map<UUID, Currency> currencies) {
    return jdbc.sql(
            """
            SELECT refund_id, number, stripe_status, failure
            FROM refund_attempt WHERE refund_id IN (:refundIds) ORDER BY refund_id, number
            """)
        .param("refundIds", currencies.keySet())
        .query((row, _) ->
            new AttemptRow(
                Columns.uuid(row, "refund_id"),
                new RefundView.Attempt(
                    row.getInt("number"),
                    status(Columns.constantOrNull(StripeRefund.Status.class, row, "stripe_status")),
                    row.getString("failure"))))
        .list();
  }

  private static RefundView.AttemptStatus status(StripeRefund.@Nullable Status status) {
    return switch (status) {
      case null -> RefundView.AttemptStatus.REQUESTED;
      case PENDING -> RefundView.AttemptStatus.PENDING;
      case SUCCEEDED -> RefundView.AttemptStatus.SUCCEEDED;
      case FAILED -> RefundView.AttemptStatus.FAILED;
      case CANCELED -> RefundView.AttemptStatus.CANCELLED;
    };
  }

  private static Row read(ResultSet row, int number) throws SQLException {
    AskedBy.Role role = Columns.constantOrNull(AskedBy.Role.class, row, "requested_as");
    return new Row(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "payment_id"),
        Columns.uuid(row, "registration_id"),
        Columns.uuid(row, "account_id"),
        Columns.uuid(row, "organization_id"),
        Columns.uuid(row, "event_id"),
        Columns.constant(RefundStatus.class, row, "status"),
        Columns.money(row, "amount_minor"),
        Columns.constant(RefundCause.class, row, "cause"),
        Optional.ofNullable(row.getString("reason")),
        role == null
            ? Optional.empty()
            : Optional.of(new RefundView.RequestedBy(Columns.uuid(row, "requested_by"), role)),
        Columns.instant(row, "requested_at"),
        Optional.ofNullable(Columns.instantOrNull(row, "succeeded_at")));
  }
}
