package io.cpdevents.billing.finance;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Breaks as platform finance sees them. */
@Component
public class FinanceBreakQueries {

  private static final String SELECTED =
      """
      SELECT found.id, kind, found.stripe_id, payment_id, found.currency, found.amount_minor,
             suggested_action, happened_at, opened_at, due_at, resolved_at,
             EXISTS (SELECT FROM break_resolution
                     WHERE break_id = found.id AND status = 'proposed') AS proposed,
             mirrored.type, mirrored.source, mirrored.currency AS transaction_currency,
             mirrored.amount_minor AS transaction_minor, fee_minor, net_minor, created_at
      FROM ledger_break found LEFT JOIN balance_transaction mirrored ON mirrored.id = found.stripe_id
      """;

  private static final String WAITING =
      "(SELECT FROM break_resolution WHERE break_id = found.id AND status = 'proposed')";

  private record OfBreak(UUID breakId, BreakView.Resolution resolution) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  FinanceBreakQueries(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * The breaks, newest first.
   *
   * @param status null: all that are not resolved
   */
  public Page<BreakView> list(@Nullable BreakStatus status, PageRequest page) {
    KeysetPage keyset = KeysetPage.descending("opened_at", "found.id", page);
    String condition =
        switch (status) {
          case null -> "resolved_at IS NULL";
          case OPEN -> "resolved_at IS NULL AND NOT EXISTS " + WAITING;
          case PROPOSED -> "resolved_at IS NULL AND EXISTS " + WAITING;
          case RESOLVED -> "resolved_at IS NOT NULL";
        };
    List<BreakView> rows =
        jdbc.sql(SELECTED + "WHERE " + condition + keyset.condition() + keyset.orderAndLimit())
            .params(keyset.parameters())
            .query(this::read)
            .list();
    Page<BreakView> found = Page.of(rows, page, row -> new Cursor(row.openedAt(), row.id()));
    Map<UUID, List<BreakView.Resolution>> resolutions =
        resolutions(found.data().stream().map(BreakView::id).toList());
    return found.map(row -> with(row, resolutions));
  }

  /**
   * A break.
   *
   * @throws RuleViolation 404 {@code break-not-found}
   */
  public BreakView get(UUID id) {
    BreakView found =
        jdbc.sql(SELECTED + "WHERE found.id = :id")
            .param("id", id)
            .query(this::read)
            .optional()
            .orElseThrow(() -> BillingProblem.BREAK_NOT_FOUND.violation());
    return with(found, resolutions(List.of(id)));
  }

  private BreakView read(ResultSet row, int number) throws SQLException {
    BreakKind kind = Columns.constant(BreakKind.class, row, "kind");
    Instant openedAt = Columns.instant(row, "opened_at");
    Instant resolvedAt = Columns.instantOrNull(row, "resolved_at");
    Instant until = resolvedAt == null ? clock.instant() : resolvedAt;
    return new BreakView(
        Columns.uuid(row, "id"),
        kind,
        resolvedAt != null
            ? BreakStatus.RESOLVED
            : row.getBoolean("proposed") ? BreakStatus.PROPOSED : BreakStatus.OPEN,
        row.getString("stripe_id"),
        Columns.uuidOrNull(row, "payment_id"),
        Columns.money(row, "amount_minor"),
        Columns.instant(row, "happened_at"),
        openedAt,
        ChronoUnit.DAYS.between(openedAt, until),
        kind.owner(),
        Columns.instant(row, "due_at"),
        row.getString("suggested_action"),
        kind.allowedAccounts(),
        transaction(row),
        List.of(),
        resolvedAt);
  }

  private static BreakView.@Nullable Transaction transaction(ResultSet row) throws SQLException {
    String currency = row.getString("transaction_currency");
    return currency == null
        ? null
        : new BreakView.Transaction(
            row.getString("type"),
            row.getString("source"),
            Money.of(row.getLong("transaction_minor"), currency),
            Money.of(row.getLong("fee_minor"), currency),
            Money.of(row.getLong("net_minor"), currency),
            Columns.instant(row, "created_at"));
  }

  private Map<UUID, List<BreakView.Resolution>> resolutions(List<UUID> breaks) {
    if (breaks.isEmpty()) {
      return Map.of();
    }
    return jdbc
        .sql(
            """
            SELECT id, break_id, account, currency, amount_minor, reason, proposed_by, proposed_at,
                   nullif(status, 'proposed') AS outcome, decided_by, decided_at, comment, journal_id
            FROM break_resolution WHERE break_id IN (:breaks) ORDER BY proposed_at DESC, id DESC
            """)
        .param("breaks", breaks)
        .query((row, _) ->
            new OfBreak(
                Columns.uuid(row, "break_id"),
                new BreakView.Resolution(
                    Columns.uuid(row, "id"),
                    row.getString("account"),
                    Columns.money(row, "amount_minor"),
                    row.getString("reason"),
                    Columns.uuid(row, "proposed_by"),
                    Columns.instant(row, "proposed_at"),
                    Columns.constantOrNull(BreakView.Resolution.Outcome.class, row, "outcome"),
                    Columns.uuidOrNull(row, "decided_by"),
                    Columns.instantOrNull(row, "decided_at"),
                    row.getString("comment"),
                    Columns.uuidOrNull(row, "journal_id"))))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                OfBreak::breakId, Collectors.mapping(OfBreak::resolution, Collectors.toList())));
  }

  private static BreakView with(BreakView row, Map<UUID, List<BreakView.Resolution>> resolutions) {
    return new BreakView(
        row.id(),
        row.kind(),
        row.status(),
        row.stripeId(),
        row.paymentId(),
        row.amount(),
        row.happenedAt(),
        row.openedAt(),
        row.ageDays(),
        row.owner(),
        row.dueAt(),
        row.suggestedAction(),
        row.allowedAccounts(),
        row.transaction(),
        resolutions.getOrDefault(row.id(), List.of()),
        row.resolvedAt());
  }
}
