package io.cpdevents.billing.explanations;

import static io.cpdevents.billing.explanations.Explanation.Kind.CAPTURE;
import static io.cpdevents.billing.explanations.Explanation.Kind.DISPUTE;
import static io.cpdevents.billing.explanations.Explanation.Kind.NOT_EXPLAINED;
import static io.cpdevents.billing.explanations.Explanation.Kind.ORGANIZATION_SHARE;
import static io.cpdevents.billing.explanations.Explanation.Kind.PAYMENT;
import static io.cpdevents.billing.explanations.Explanation.Kind.PLATFORM_FEE;
import static io.cpdevents.billing.explanations.Explanation.Kind.REFUND;
import static io.cpdevents.billing.explanations.Explanation.Kind.TICKET;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what payments, refunds and disputes are made of, down to the tickets. */
@Component
class PaymentTrees {

  /** A tree, and whose figures it tells. */
  record Owned(UUID organizationId, Explanation tree) {}

  private record Ticket(
      UUID owner, UUID ticketId, @Nullable String typeName, Money amount, Money fee) {

    Explanation node() {
      String name = typeName == null ? "A ticket" : "Ticket “" + typeName + "”";
      List<Explanation> shares = new ArrayList<>();
      shares.add(
          Explanation.leaf(
              ORGANIZATION_SHARE,
              ticketId.toString(),
              "The organization's share",
              amount.minus(fee)));
      if (!fee.isZero()) {
        shares.add(Explanation.leaf(PLATFORM_FEE, ticketId.toString(), "The platform's fee", fee));
      }
      return Explanation.of(TICKET, ticketId.toString(), name, amount, shares);
    }
  }

  /** What a refund or a dispute had moved. */
  private record Moved(UUID id, Money amount) {}

  private final JdbcClient jdbc;

  PaymentTrees(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What was left of a payment at a time. */
  Optional<Owned> payment(UUID id, Instant asOf) {
    return jdbc.sql(
            """
            SELECT organization_id, currency, event_title, captured_at <= :asOf AS captured
            FROM payment WHERE id = :id AND created_at <= :asOf
            """)
        .param("id", id)
        .param("asOf", Parameters.instant(asOf))
        .query((row, _) -> {
          List<Explanation> parts = new ArrayList<>();
          if (row.getBoolean("captured")) {
            parts.add(captures(List.of(id)).get(id));
          }
          refunds("payment_id = :id AND stripe_charge_id IS NULL", id, asOf)
              .forEach(each -> parts.add(each.tree().negate()));
          disputes("payment_id = :id", id, asOf).forEach(each -> parts.add(each.tree().negate()));
          return new Owned(
              Columns.uuid(row, "organization_id"),
              Explanation.sum(
                  PAYMENT,
                  id.toString(),
                  "What is left of the payment for “" + row.getString("event_title") + "”",
                  Money.zero(Columns.currency(row, "currency")),
                  parts));
        })
        .optional();
  }

  /** What these refunds give back. */
  Map<UUID, Explanation> refunds(List<UUID> ids) {
    return byId(ownedRefunds(ids));
  }

  /** Those of these refunds of which less is left than was promised. */
  Set<UUID> reduced(List<UUID> ids) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    return Set.copyOf(
        jdbc.sql(
                """
                SELECT DISTINCT refund_id FROM journal
                WHERE refund_id IN (:ids) AND kind = 'refund-reduced'
                """)
            .param("ids", ids)
            .query((row, _) -> Columns.uuid(row, "refund_id"))
            .list());
  }

  /** What these disputes have taken and not given back. */
  Map<UUID, Explanation> disputes(List<UUID> ids) {
    return byId(ownedDisputes(ids));
  }

  private static Map<UUID, Explanation> byId(List<Owned> trees) {
    return trees.stream()
        .map(Owned::tree)
        .collect(Collectors.toMap(tree -> UUID.fromString(tree.id()), tree -> tree));
  }

  /** What these payments have captured, each down to its tickets; those that are captured. */
  Map<UUID, Explanation> captures(List<UUID> payments) {
    if (payments.isEmpty()) {
      return Map.of();
    }
    Map<UUID, List<Explanation>> tickets =
        tickets(
            """
            SELECT payment_id AS owner, ticket_id, ticket_type_name, currency,
                   total_minor AS amount_minor, payment_line.fee_minor
            FROM payment_line JOIN payment ON payment.id = payment_id
            WHERE payment_id IN (:ids) AND total_minor > 0 ORDER BY payment_id, position
            """,
            payments);
    return jdbc
        .sql(
            """
            SELECT payment.id, event_title, payment.currency, captured_minor, fee_basis_points,
                   fee_fixed_minor, fee_plan_id, journal.id AS journal_id, charge.id AS charge_id
            FROM payment
            LEFT JOIN journal ON kind = 'payment-captured' AND business_id = payment.id::text
            LEFT JOIN stripe_charge charge
                ON charge.payment_id = payment.id AND charge.objection IS NULL
            WHERE payment.id IN (:ids) AND captured_minor > 0
            """)
        .param("ids", payments)
        .query((row, _) -> {
          UUID id = Columns.uuid(row, "id");
          return Explanation.of(
                  CAPTURE,
                  id.toString(),
                  "Paid for “%s”; the platform's fee is %s"
                      .formatted(row.getString("event_title"), feeRule(row)),
                  Columns.money(row, "captured_minor"),
                  tickets.getOrDefault(id, List.of()))
              .byJournal(Columns.uuidOrNull(row, "journal_id"))
              .atStripe(row.getString("charge_id"));
        })
        .list()
        .stream()
        .collect(Collectors.toMap(node -> UUID.fromString(node.id()), node -> node));
  }

  private static String feeRule(ResultSet row) throws SQLException {
    return "%s %% and %s for each paid ticket (plan %s)"
        .formatted(
            BigDecimal.valueOf(row.getLong("fee_basis_points"), 2)
                .stripTrailingZeros()
                .toPlainString(),
            Explanation.words(Columns.money(row, "fee_fixed_minor")),
            row.getString("fee_plan_id"));
  }

  /** What a refund gives back. */
  Optional<Owned> refund(UUID id, Instant asOf) {
    return refunds("id = :id", id, asOf).stream().findFirst();
  }

  /**
   * One that has been cancelled since was under way then, and one that was reduced since was of
   * more: of which tickets that was is not known any more.
   */
  private List<Owned> refunds(String condition, UUID id, Instant asOf) {
    List<UUID> ids =
        jdbc.sql(
                """
                SELECT id FROM refund
                WHERE %s AND requested_at <= :asOf
                    AND (status <> 'cancelled' OR EXISTS (
                        SELECT FROM journal
                        WHERE journal.refund_id = refund.id AND kind = 'refund-cancelled'
                            AND recorded_at > :asOf))
                """
                    .formatted(condition))
            .param("asOf", Parameters.instant(asOf))
            .param("id", id)
            .query((row, _) -> Columns.uuid(row, "id"))
            .list();
    return asThen(ownedRefunds(ids), promisedThen(ids, asOf));
  }

  private static List<Owned> asThen(List<Owned> now, Map<UUID, Money> then) {
    return now.stream()
        .map(owned -> {
          Explanation tree = owned.tree();
          Money amount = then.getOrDefault(UUID.fromString(tree.id()), tree.amount());
          return amount.equals(tree.amount())
              ? owned
              : new Owned(owned.organizationId(), tree.partly(amount));
        })
        .toList();
  }

  /** What those of these refunds were of that have been reduced since. */
  private Map<UUID, Money> promisedThen(List<UUID> ids, Instant asOf) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return jdbc
        .sql(
            """
            SELECT journal.refund_id, currency, -sum(amount_minor)::bigint AS amount_minor
            FROM journal JOIN posting ON posting.journal_id = journal.id AND account = 'refunds'
            WHERE journal.refund_id IN (:ids) AND kind IN ('refund-accepted', 'refund-reduced')
                AND recorded_at <= :asOf
                AND journal.refund_id IN (
                    SELECT refund_id FROM journal
                    WHERE kind = 'refund-reduced' AND recorded_at > :asOf)
            GROUP BY journal.refund_id, currency
            """)
        .param("ids", ids)
        .param("asOf", Parameters.instant(asOf))
        .query((row, _) ->
            new Moved(Columns.uuid(row, "refund_id"), Columns.money(row, "amount_minor")))
        .list()
        .stream()
        .collect(Collectors.toMap(Moved::id, Moved::amount));
  }

  private List<Owned> ownedRefunds(List<UUID> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<UUID, List<Explanation>> tickets =
        tickets(
            """
            SELECT refund_id AS owner, line.ticket_id, ticket_type_name, refund.currency,
                   line.amount_minor, line.fee_minor
            FROM refund_line line JOIN refund ON refund.id = refund_id
            LEFT JOIN payment_line paid
                ON paid.payment_id = refund.payment_id AND paid.ticket_id = line.ticket_id
            WHERE refund_id IN (:ids) ORDER BY refund_id, paid.position
            """,
            ids);
    return jdbc.sql(
            """
            SELECT refund.id, organization_id, cause, currency, amount_minor, suspense_minor, status,
                   journal.id AS journal_id,
                   (SELECT stripe_refund_id FROM refund_attempt
                    WHERE refund_id = refund.id AND stripe_refund_id IS NOT NULL
                    ORDER BY number DESC LIMIT 1) AS stripe_refund_id
            FROM refund
            LEFT JOIN journal ON kind = 'refund-accepted' AND business_id = refund.id::text
            WHERE refund.id IN (:ids) ORDER BY requested_at, refund.id
            """)
        .param("ids", ids)
        .query((row, _) -> {
          UUID id = Columns.uuid(row, "id");
          List<Explanation> parts = new ArrayList<>(tickets.getOrDefault(id, List.of()));
          Money ofNobody = Columns.money(row, "suspense_minor");
          if (!ofNobody.isZero()) {
            parts.add(
                Explanation.leaf(
                    NOT_EXPLAINED, id.toString(), "Of money that no payment wanted", ofNobody));
          }
          return new Owned(
              Columns.uuid(row, "organization_id"),
              Explanation.of(
                      REFUND,
                      id.toString(),
                      "Refunded to the buyer (%s, %s)"
                          .formatted(row.getString("cause"), row.getString("status")),
                      Columns.money(row, "amount_minor"),
                      parts)
                  .byJournal(Columns.uuidOrNull(row, "journal_id"))
                  .atStripe(row.getString("stripe_refund_id")));
        })
        .list();
  }

  /** What a dispute has taken and not given back. */
  Optional<Owned> dispute(UUID id, Instant asOf) {
    return disputes("id = :id", id, asOf).stream().findFirst();
  }

  private List<Owned> disputes(String condition, UUID id, Instant asOf) {
    List<UUID> ids =
        jdbc.sql("SELECT id FROM dispute WHERE opened_at <= :asOf AND " + condition)
            .param("asOf", Parameters.instant(asOf))
            .param("id", id)
            .query((row, _) -> Columns.uuid(row, "id"))
            .list();
    return asThen(ownedDisputes(ids), takenThen(ids, asOf));
  }

  /**
   * What those of these disputes had taken, and not more than was captured, that have moved money
   * later: of which tickets it was then is not known.
   */
  private Map<UUID, Money> takenThen(List<UUID> ids, Instant asOf) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return jdbc
        .sql(
            """
            SELECT journal.dispute_id, posting.currency,
                   least(
                       coalesce(
                           sum(posting.amount_minor) FILTER (WHERE journal.recorded_at <= :asOf), 0),
                       min(captured_minor))::bigint AS amount_minor
            FROM journal
            JOIN posting ON posting.journal_id = journal.id AND posting.account = 'disputes'
            JOIN dispute ON dispute.id = journal.dispute_id
            JOIN payment ON payment.id = dispute.payment_id AND payment.currency = posting.currency
            WHERE journal.dispute_id IN (:ids)
                AND journal.kind IN ('balance-transaction', 'dispute-identified')
            GROUP BY journal.dispute_id, posting.currency
            HAVING bool_or(journal.recorded_at > :asOf)
            """)
        .param("ids", ids)
        .param("asOf", Parameters.instant(asOf))
        .query((row, _) ->
            new Moved(Columns.uuid(row, "dispute_id"), Columns.money(row, "amount_minor")))
        .list()
        .stream()
        .collect(Collectors.toMap(Moved::id, Moved::amount));
  }

  private List<Owned> ownedDisputes(List<UUID> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<UUID, List<Explanation>> tickets =
        tickets(
            """
            SELECT dispute_id AS owner, line.ticket_id, ticket_type_name, payment.currency,
                   line.amount_minor, line.fee_minor
            FROM dispute_line line
            JOIN dispute ON dispute.id = dispute_id AND booking <> 'none'
            JOIN payment ON payment.id = dispute.payment_id
            LEFT JOIN payment_line paid
                ON paid.payment_id = payment.id AND paid.ticket_id = line.ticket_id
            WHERE dispute_id IN (:ids) ORDER BY dispute_id, line.position
            """,
            ids);
    return jdbc.sql(
            """
            SELECT dispute.id, dispute.organization_id, stripe_dispute_id, dispute.status, reason,
                   payment.currency
            FROM dispute JOIN payment ON payment.id = payment_id
            WHERE dispute.id IN (:ids) ORDER BY opened_at, dispute.id
            """)
        .param("ids", ids)
        .query((row, _) -> {
          UUID disputeId = Columns.uuid(row, "id");
          return new Owned(
              Columns.uuid(row, "organization_id"),
              Explanation.sum(
                      DISPUTE,
                      disputeId.toString(),
                      "Taken of the payment by the buyer's bank (%s, %s)"
                          .formatted(row.getString("reason"), row.getString("status")),
                      Money.zero(Columns.currency(row, "currency")),
                      tickets.getOrDefault(disputeId, List.of()))
                  .atStripe(row.getString("stripe_dispute_id")));
        })
        .list();
  }

  private Map<UUID, List<Explanation>> tickets(String sql, List<UUID> ids) {
    return jdbc
        .sql(sql)
        .param("ids", ids)
        .query((row, _) ->
            new Ticket(
                Columns.uuid(row, "owner"),
                Columns.uuid(row, "ticket_id"),
                row.getString("ticket_type_name"),
                Columns.money(row, "amount_minor"),
                Columns.money(row, "fee_minor")))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Ticket::owner, Collectors.mapping(Ticket::node, Collectors.toList())));
  }
}
