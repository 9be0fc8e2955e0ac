package io.cpdevents.billing.payments;

import static io.cpdevents.platform.security.OrganizationRole.ADMIN;
import static io.cpdevents.platform.security.OrganizationRole.FINANCE;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.time.SystemTime;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Payments as buyers, organizations and platform finance see them. */
@Component
public class PaymentQueries {

  /** A payment's row, with the sums of its refunds. */
  private record Row(
      UUID id,
      UUID registrationId,
      UUID accountId,
      UUID organizationId,
      UUID eventId,
      String eventTitle,
      PaymentStatus status,
      Money amount,
      Money captured,
      Money refunded,
      Money disputed,
      Money left,
      boolean hasRefunds,
      Money fee,
      Instant holdExpiresAt,
      Instant createdAt,
      Optional<Instant> capturedAt,
      Optional<Instant> cancelledAt) {}

  /** Tickets of one type and price. */
  public record BoughtTickets(String ticketTypeName, long totalMinorOfEach, long number) {}

  private record LineRow(UUID paymentId, PaymentView.Line line) {}

  private record RefundRow(UUID paymentId, PaymentView.Refund refund) {}

  private record WarningRow(UUID paymentId, PaymentView.FraudWarning warning) {}

  private static final Duration MAX_WAIT_STEP_TIME = Duration.ofMillis(500);

  private static final String SELECT =
      """
      SELECT payment.*, coalesce(refunds.succeeded, 0) AS refunded_minor,
             lines.disputed AS disputed_minor,
             CASE WHEN captured_minor > 0 THEN lines.remaining ELSE 0 END AS left_minor,
             refunds.number > 0 AS has_refunds
      FROM payment
      CROSS JOIN LATERAL (
          SELECT CAST(sum(disputed_minor) AS bigint) AS disputed,
                 CAST(sum(total_minor - refunded_minor - disputed_minor) AS bigint) AS remaining
          FROM payment_line WHERE payment_line.payment_id = payment.id) lines
      CROSS JOIN LATERAL (
          SELECT count(*) AS number,
                 CAST(sum(amount_minor) FILTER (
                     WHERE status = 'succeeded' AND stripe_charge_id IS NULL) AS bigint) AS succeeded
          FROM refund WHERE refund.payment_id = payment.id) refunds
      """;

  private final JdbcClient jdbc;
  private final PaymentArrivals arrivals;
  private final RegistrationOwners owners;
  private final SystemTime systemTime;

  PaymentQueries(
      JdbcClient jdbc, PaymentArrivals arrivals, RegistrationOwners owners, SystemTime systemTime) {
    this.jdbc = jdbc;
    this.arrivals = arrivals;
    this.owners = owners;
    this.systemTime = systemTime;
  }

  /**
   * The payment of the caller's own registration. Waits for it to exist, without holding a
   * connection; none when it does not come. For a free one, somebody else's registration, or one
   * that does not exist, nobody waits: whoever asked for any would take the places of those who
   * pay.
   */
  public List<PaymentView> ofRegistration(Caller caller, UUID registrationId, Duration maxTime) {
    Instant deadline = systemTime.now().plus(maxTime);
    boolean mayWait = false;
    while (true) {
      List<Row> rows =
          jdbc.sql(SELECT + " WHERE registration_id = :registrationId")
              .param("registrationId", registrationId)
              .query(PaymentQueries::read)
              .list();
      Duration left = Duration.between(systemTime.now(), deadline);
      if (!rows.isEmpty() || !left.isPositive()) {
        List<Row> own =
            rows.stream().filter(row -> row.accountId().equals(caller.accountId())).toList();
        return views(own, false);
      }
      if (!mayWait && !comes(caller, registrationId)) {
        return List.of();
      }
      mayWait = true;
      arrivals.await(
          registrationId, left.compareTo(MAX_WAIT_STEP_TIME) < 0 ? left : MAX_WAIT_STEP_TIME);
    }
  }

  private boolean comes(Caller caller, UUID registrationId) {
    return owners.of(registrationId).filter(owner -> owner.mayWait(caller.accountId())).isPresent();
  }

  /**
   * One payment, for its buyer, the organization's finance, or the platform's, and for its support.
   *
   * @throws RuleViolation 404 {@code payment-not-found}, 403 {@code role-missing}
   */
  public PaymentView one(Caller caller, UUID id) {
    Row row =
        jdbc.sql(SELECT + " WHERE payment.id = :id")
            .param("id", id)
            .query(PaymentQueries::read)
            .optional()
            .orElseThrow(() -> BillingProblem.PAYMENT_NOT_FOUND.violation());
    boolean organizationSide = MoneyReaders.include(caller, row.organizationId());
    if (!organizationSide && !row.accountId().equals(caller.accountId())) {
      MoneyReaders.require(caller, row.organizationId(), BillingProblem.PAYMENT_NOT_FOUND);
    }
    return views(List.of(row), organizationSide).getFirst();
  }

  /**
   * Refuses whoever may not give the money of a payment back: only the organization's finance, and
   * the platform's, may.
   *
   * @throws RuleViolation 404 {@code payment-not-found}, 403 {@code role-missing}
   */
  public void requireFinance(Caller caller, UUID id) {
    UUID organizationId =
        jdbc.sql("SELECT organization_id FROM payment WHERE id = :id")
            .param("id", id)
            .query((row, _) -> Columns.uuid(row, "organization_id"))
            .optional()
            .orElseThrow(() -> BillingProblem.PAYMENT_NOT_FOUND.violation());
    if (!caller.has(PlatformRole.PLATFORM_FINANCE)) {
      caller.requireRole(organizationId, BillingProblem.PAYMENT_NOT_FOUND, ADMIN, FINANCE);
    }
  }

  /**
   * An organization's payments, newest first.
   *
   * @throws RuleViolation 404 {@code organization-not-found}, 403 {@code role-missing}
   */
  public Page<PaymentView> ofOrganization(
      Caller caller, UUID organizationId, PaymentFilter filter, PageRequest page) {
    MoneyReaders.require(caller, organizationId);
    KeysetPage keyset = KeysetPage.descending("created_at", "id", page);
    List<Row> rows =
        jdbc.sql(
                SELECT
                    + " WHERE organization_id = :organizationId"
                    + filter.condition()
                    + keyset.condition()
                    + keyset.orderAndLimit())
            .param("organizationId", organizationId)
            .params(filter.parameters())
            .params(keyset.parameters())
            .query(PaymentQueries::read)
            .list();
    return Page.of(views(rows, true), page, view -> new Cursor(view.createdAt(), view.id()));
  }

  private List<PaymentView> views(List<Row> rows, boolean organizationSide) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<UUID, Currency> currencies =
        rows.stream().collect(Collectors.toMap(Row::id, row -> row.amount().currency()));
    Map<UUID, List<LineRow>> lines =
        lines(currencies, organizationSide).stream()
            .collect(Collectors.groupingBy(LineRow::paymentId));
    Map<UUID, List<RefundRow>> refunds =
        rows.stream().anyMatch(Row::hasRefunds)
            ? refunds(currencies).stream().collect(Collectors.groupingBy(RefundRow::paymentId))
            : Map.of();
    Map<UUID, List<WarningRow>> warnings =
        organizationSide
            ? warnings(currencies.keySet()).stream()
                .collect(Collectors.groupingBy(WarningRow::paymentId))
            : Map.of();
    return rows.stream()
        .map(row ->
            view(
                row,
                organizationSide,
                lines.getOrDefault(row.id(), List.of()).stream().map(LineRow::line).toList(),
                refunds.getOrDefault(row.id(), List.of()).stream().map(RefundRow::refund).toList(),
                organizationSide
                    ? warnings.getOrDefault(row.id(), List.of()).stream()
                        .map(WarningRow::warning)
                        .toList()
                    : null))
        .toList();
  }

  private static PaymentView view(
      Row row,
      boolean organizationSide,
      List<PaymentView.Line> lines,
      List<PaymentView.Refund> refunds,
      @Nullable List<PaymentView.FraudWarning> warnings) {
    return new PaymentView(
        row.id(),
        row.registrationId(),
        row.accountId(),
        row.organizationId(),
        row.eventId(),
        row.eventTitle(),
        row.status(),
        row.amount(),
        row.captured(),
        row.refunded(),
        row.disputed(),
        row.left(),
        organizationSide ? row.fee() : null,
        row.holdExpiresAt(),
        row.createdAt(),
        row.capturedAt().orElse(null),
        row.cancelledAt().orElse(null),
        lines,
        refunds,
        warnings);
  }

  /** What a payment is for: the tickets of one type and price together, in their order. */
  public List<BoughtTickets> bought(UUID paymentId) {
    return jdbc.sql(
            """
            SELECT ticket_type_name, total_minor, count(*) AS number
            FROM payment_line WHERE payment_id = :paymentId
            GROUP BY ticket_type_name, total_minor ORDER BY min(position)
            """)
        .param("paymentId", paymentId)
        .query((row, _) ->
            new BoughtTickets(
                row.getString("ticket_type_name"),
                row.getLong("total_minor"),
                row.getLong("number")))
        .list();
  }

  private List<LineRow> lines(Map<UUID, Currency> currencies, boolean organizationSide) {
    return jdbc.sql(
            """
            SELECT payment_id, ticket_id, ticket_type_name, total_minor, fee_minor
            FROM payment_line WHERE payment_id IN (:paymentIds) ORDER BY payment_id, position
            """)
        .param("paymentIds", currencies.keySet())
        .query((row, _) -> {
          UUID paymentId = Columns.uuid(row, "payment_id");
          Currency currency = Objects.requireNonNull(currencies.get(paymentId));
          return new LineRow(
              paymentId,
              new PaymentView.Line(
                  Columns.uuid(row, "ticket_id"),
                  row.getString("ticket_type_name"),
                  new Money(row.getLong("total_minor"), currency),
                  organizationSide ? new Money(row.getLong("fee_minor"), currency) : null));
        })
        .list();
  }

  private List<RefundRow> refunds(Map<UUID, Currency> currencies) {
    return jdbc.sql(
            """
            SELECT payment_id, id, status, amount_minor, cause, requested_at
            FROM refund WHERE payment_id IN (:paymentIds) ORDER BY requested_at, id
            """)
        .param("paymentIds", currencies.keySet())
        .query((row, _) -> {
          UUID paymentId = Columns.uuid(row, "payment_id");
          return new RefundRow(
              paymentId,
              new PaymentView.Refund(
                  Columns.uuid(row, "id"),
                  Columns.constant(PaymentView.Refund.RefundStatus.class, row, "status"),
                  new Money(
                      row.getLong("amount_minor"),
                      Objects.requireNonNull(currencies.get(paymentId))),
                  Columns.constant(RefundCause.class, row, "cause"),
                  Columns.instant(row, "requested_at")));
        })
        .list();
  }

  private List<WarningRow> warnings(Set<UUID> paymentIds) {
    return jdbc.sql(
            """
            SELECT payment_id, fraud_type, received_at, refund_id
            FROM fraud_warning WHERE payment_id IN (:paymentIds) ORDER BY received_at
            """)
        .param("paymentIds", paymentIds)
        .query((row, _) ->
            new WarningRow(
                Columns.uuid(row, "payment_id"),
                new PaymentView.FraudWarning(
                    row.getString("fraud_type"),
                    Columns.instant(row, "received_at"),
                    Columns.uuidOrNull(row, "refund_id"))))
        .list();
  }

  private static Row read(ResultSet row, int number) throws SQLException {
    Currency currency = Columns.currency(row, "currency");
    return new Row(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "registration_id"),
        Columns.uuid(row, "account_id"),
        Columns.uuid(row, "organization_id"),
        Columns.uuid(row, "event_id"),
        row.getString("event_title"),
        Columns.constant(PaymentStatus.class, row, "status"),
        new Money(row.getLong("amount_minor"), currency),
        new Money(row.getLong("captured_minor"), currency),
        new Money(row.getLong("refunded_minor"), currency),
        new Money(row.getLong("disputed_minor"), currency),
        new Money(row.getLong("left_minor"), currency),
        row.getBoolean("has_refunds"),
        new Money(row.getLong("fee_minor"), currency),
        Columns.instant(row, "hold_expires_at"),
        Columns.instant(row, "created_at"),
        Optional.ofNullable(Columns.instantOrNull(row, "captured_at")),
        Optional.ofNullable(Columns.instantOrNull(row, "cancelled_at")));
  }
}
