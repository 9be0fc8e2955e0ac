package io.cpdevents.payout.payouts;

import io.cpdevents.payout.payouts.Payout.Attempt;
import io.cpdevents.payout.payouts.Payout.Hold;
import io.cpdevents.payout.payouts.Payout.Outcome;
import io.cpdevents.payout.payouts.Payout.Route;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about payouts. */
@Component
class Payouts {

  /** What lies on one of an organization's accounts because payouts have failed. */
  record LeftMoney(String accountId, long amountMinor) {

    /** What lies on other accounts than this one. */
    static long elsewhereMinor(List<LeftMoney> lying, String accountId) {
      return lying.stream()
          .filter(each -> !each.accountId().equals(accountId))
          .mapToLong(each -> Math.max(0, each.amountMinor()))
          .sum();
    }

    /** What lies on this account. */
    static long onMinor(List<LeftMoney> lying, String accountId) {
      return lying.stream()
          .filter(each -> each.accountId().equals(accountId))
          .mapToLong(LeftMoney::amountMinor)
          .sum();
    }
  }

  /**
   * A payout about which Stripe has to be asked.
   *
   * @param changesTold how many changes Stripe had told when this was read
   * @param checksFailed how often Stripe has not answered since it did
   */
  record Due(Payout payout, long changesTold, int checksFailed) {}

  private static final String TRANSFER = "transfer";
  private static final String PAYOUT = "payout";

  private final JdbcClient jdbc;

  Payouts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whoever asks for a payout of this organization and currency waits until we have committed. */
  void lockRequests(UUID organizationId, Currency currency) {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
        .param("name", "payout:" + organizationId + ":" + Parameters.currency(currency))
        .query((_, _) -> true)
        .single();
  }

  /**
   * What a payout pays or leaves besides its entries.
   *
   * @param carriedOver what earlier payouts had left, or had paid too much (negative)
   * @param kept what this one leaves of that and of its entries
   * @param withheld what is not paid, because it lies on a former account
   */
  record Left(Money carriedOver, Money kept, Money withheld) {}

  /** Stores a new payout. */
  void insert(Payout payout, Left left) {
    jdbc.sql(
            """
            INSERT INTO payout (id, organization_id, currency, amount_minor, requested_at, status,
                                transfer_attempt, bank_attempt, carried_over_minor, kept_minor,
                                withheld_minor)
            VALUES (:id, :organizationId, :currency, :amountMinor, :requestedAt, :status, 1, 1,
                    :carriedOverMinor, :keptMinor, :withheldMinor)
            """)
        .param("id", payout.id())
        .param("organizationId", payout.organizationId())
        .param("currency", Parameters.currency(payout.amount().currency()))
        .param("amountMinor", payout.amount().amountMinor())
        .param("requestedAt", Parameters.instant(payout.requestedAt()))
        .param("status", Parameters.constant(payout.status()))
        .param("carriedOverMinor", left.carriedOver().amountMinor())
        .param("keptMinor", left.kept().amountMinor())
        .param("withheldMinor", left.withheld().amountMinor())
        .update();
  }

  Optional<Payout> find(UUID id) {
    return jdbc.sql("SELECT * FROM payout WHERE id = :id")
        .param("id", id)
        .query(Payouts::read)
        .optional();
  }

  Optional<Payout> lock(UUID id) {
    return jdbc.sql("SELECT * FROM payout WHERE id = :id FOR UPDATE")
        .param("id", id)
        .query(Payouts::read)
        .optional();
  }

  void save(Payout payout) {
    Route route = payout.route();
    Outcome outcome = payout.outcome();
    Hold hold = payout.hold();
    jdbc.sql(
            """
            UPDATE payout
            SET status = :status, account_id = :accountId, transfer_minor = :transferMinor,
                transfer_attempt = :transferAttempt, transfer_sent_at = :transferSentAt,
                transfer_id = :transferId, bank_attempt = :bankAttempt,
                bank_sent_at = :bankSentAt, bank_payout_id = :bankPayoutId,
                waits_for = :waitsFor, arrives_on = :arrivesOn, failure_reason = :failureReason,
                paid_at = :paidAt, hold_reason = :holdReason, held_at = :heldAt
            WHERE id = :id
            """)
        .param("id", payout.id())
        .param("status", Parameters.constant(payout.status()))
        .param("accountId", Parameters.text(route.accountId()))
        .param("transferMinor", Parameters.bigint(route.transferMinor()))
        .param("transferAttempt", route.transfer().number())
        .param("transferSentAt", Parameters.instant(route.transfer().sentAt()))
        .param("transferId", Parameters.text(route.transfer().stripeId()))
        .param("bankAttempt", route.bank().number())
        .param("bankSentAt", Parameters.instant(route.bank().sentAt()))
        .param("bankPayoutId", Parameters.text(route.bank().stripeId()))
        .param("waitsFor", Parameters.constant(outcome.waitsFor()))
        .param("arrivesOn", Parameters.instant(outcome.arrivesOn()))
        .param("failureReason", Parameters.text(outcome.failureReason()))
        .param("paidAt", Parameters.instant(outcome.paidAt()))
        .param("holdReason", Parameters.text(hold == null ? null : hold.reason()))
        .param("heldAt", Parameters.instant(hold == null ? null : hold.heldAt()))
        .update();
    keepAttempts(payout);
  }

  /**
   * Keeps each step that is sent to Stripe, with its key, before it is sent and when it is made.
   */
  private void keepAttempts(Payout payout) {
    Attempt transfer = payout.route().transfer();
    if (transfer.sentAt() != null && !payout.liesOnTheAccount()) {
      keep(payout.id(), TRANSFER, transfer, payout.transfer().idempotencyKey());
    }
    Attempt bank = payout.route().bank();
    if (bank.sentAt() != null) {
      keep(payout.id(), PAYOUT, bank, payout.bankPayout().idempotencyKey());
    }
  }

  private void keep(UUID payoutId, String step, Attempt attempt, String idempotencyKey) {
    jdbc.sql(
            """
            INSERT INTO payout_attempt (payout_id, step, attempt, idempotency_key, sent_at, stripe_id)
            VALUES (:payoutId, :step, :attempt, :idempotencyKey, :sentAt, :stripeId)
            ON CONFLICT (payout_id, step, attempt)
            DO UPDATE SET stripe_id = coalesce(EXCLUDED.stripe_id, payout_attempt.stripe_id)
            """)
        .param("payoutId", payoutId)
        .param("step", step)
        .param("attempt", attempt.number())
        .param("idempotencyKey", idempotencyKey)
        .param("sentAt", Parameters.instant(attempt.sentAt()))
        .param("stripeId", Parameters.text(attempt.stripeId()))
        .update();
  }

  /** Whether one is under way. */
  boolean isUnderWay(UUID organizationId, Currency currency) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM payout
                           WHERE organization_id = :organizationId AND currency = :currency
                             AND status IN ('requested', 'reserved', 'transferred', 'in-transit'))
            """)
        .param("organizationId", organizationId)
        .param("currency", Parameters.currency(currency))
        .query(Boolean.class)
        .single();
  }

  /**
   * Whether a payout that is under way may use what others have left on the account of this one.
   *
   * @param connected whether it is the organization's account now, so that any may
   */
  boolean mayUse(Payout payout, boolean connected) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM payout
                           WHERE organization_id = :organizationId AND currency = :currency
                             AND status IN ('requested', 'reserved', 'transferred', 'in-transit')
                             AND (:connected OR account_id = :accountId))
            """)
        .param("organizationId", payout.organizationId())
        .param("currency", Parameters.currency(payout.amount().currency()))
        .param("connected", connected)
        .param("accountId", payout.accountId())
        .query(Boolean.class)
        .single();
  }

  /** All that the organization was paid or is being paid, and what it has kept of the rest. */
  Money promised(UUID organizationId, Currency currency) {
    return new Money(
        jdbc.sql(
                """
                SELECT (SELECT coalesce(sum(amount_minor), 0) FROM payout
                        WHERE organization_id = :organizationId AND currency = :currency
                          AND status NOT IN ('failed', 'cancelled'))::bigint
                     + (SELECT coalesce(sum(amount_minor), 0) FROM settlement
                        WHERE organization_id = :organizationId AND currency = :currency
                          AND subject = 'left-money' AND outcome = 'paid'
                          AND status = 'approved')::bigint
                """)
            .param("organizationId", organizationId)
            .param("currency", Parameters.currency(currency))
            .query(Long.class)
            .single(),
        currency);
  }

  /**
   * What payouts have left on the organization's accounts: transferred there, and neither paid out
   * from there nor taken back or settled. A payout that is under way counts as paid out.
   */
  List<LeftMoney> leftMoney(UUID organizationId, Currency currency) {
    return jdbc.sql(
            """
            SELECT account_id, amount_minor FROM left_money
            WHERE organization_id = :organizationId AND currency = :currency
            """)
        .param("organizationId", organizationId)
        .param("currency", Parameters.currency(currency))
        .query((row, _) -> new LeftMoney(row.getString("account_id"), row.getLong("amount_minor")))
        .list();
  }

  /** What was withheld from a payout, because it lay on a former account when it was requested. */
  long withheldMinor(UUID id) {
    return jdbc.sql("SELECT withheld_minor FROM payout WHERE id = :id")
        .param("id", id)
        .query(Long.class)
        .single();
  }

  /** How many wait because less lies on the organization's account than we count on. */
  long countShort() {
    return jdbc.sql(
            """
            SELECT count(*) FROM payout
            WHERE waits_for = :reason AND status IN ('reserved', 'transferred')
            """)
        .param("reason", Parameters.constant(WaitsFor.ACCOUNT_BALANCE))
        .query(Long.class)
        .single();
  }

  /** An organization's payouts, newest first; one more than the page has. */
  List<Payout> ofOrganization(UUID organizationId, PageRequest request) {
    KeysetPage page = KeysetPage.descending("requested_at", "id", request);
    return jdbc.sql(
            "SELECT * FROM payout WHERE organization_id = :organizationId"
                + page.condition()
                + page.orderAndLimit())
        .param("organizationId", organizationId)
        .params(page.parameters())
        .query(Payouts::read)
        .list();
  }

  /**
   * Notes that Stripe has reported a change of its payout.
   *
   * @return false when no payout that has not ended has this id
   */
  boolean noteChange(String bankPayoutId, Instant now) {
    return jdbc.sql(
                """
                UPDATE payout SET changes_told = changes_told + 1, next_check_at = :now
                WHERE bank_payout_id = :bankPayoutId AND status IN ('in-transit', 'paid')
                """)
            .param("bankPayoutId", bankPayoutId)
            .param("now", Parameters.instant(now))
            .update()
        > 0;
  }

  /** Whether a payout has this id at Stripe, ended or not. */
  boolean isKnown(String bankPayoutId) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM payout WHERE bank_payout_id = :bankPayoutId)")
        .param("bankPayoutId", bankPayoutId)
        .query(Boolean.class)
        .single();
  }

  /** Payouts about which Stripe has to be asked, longest due first. */
  List<Due> due(Instant now, int maxRows) {
    return jdbc.sql(
            """
            SELECT * FROM payout WHERE next_check_at <= :now
            ORDER BY next_check_at LIMIT :maxRows
            """)
        .param("now", Parameters.instant(now))
        .param("maxRows", maxRows)
        .query((row, number) ->
            new Due(read(row, number), row.getLong("changes_told"), row.getInt("checks_failed")))
        .list();
  }

  /** Stripe is asked about it from then on, unless it is asked earlier. */
  void checkFrom(UUID id, Instant at) {
    jdbc.sql("UPDATE payout SET next_check_at = coalesce(next_check_at, :at) WHERE id = :id")
        .param("id", id)
        .param("at", Parameters.instant(at))
        .update();
  }

  /** Stripe is about to be asked; when it does not answer, it is asked again. */
  void checkAgain(UUID id, Instant at) {
    jdbc.sql(
            """
            UPDATE payout SET next_check_at = :at, checks_failed = checks_failed + 1 WHERE id = :id
            """)
        .param("id", id)
        .param("at", Parameters.instant(at))
        .update();
  }

  /**
   * When Stripe is asked next, unless it has told another change since then.
   *
   * @param changesTold how many it had told before it was asked
   * @param at null: not any more
   */
  void checkAgainUnlessTold(UUID id, long changesTold, @Nullable Instant at) {
    jdbc.sql(
            """
            UPDATE payout
            SET next_check_at = CASE WHEN changes_told = :changesTold THEN :at ELSE next_check_at END,
                checks_failed = 0
            WHERE id = :id
            """)
        .param("id", id)
        .param("changesTold", changesTold)
        .param("at", Parameters.instant(at))
        .update();
  }

  private static @Nullable Hold hold(ResultSet row) throws SQLException {
    String reason = row.getString("hold_reason");
    return reason == null ? null : new Hold(reason, Columns.instant(row, "held_at"));
  }

  private static Payout read(ResultSet row, int number) throws SQLException {
    long transferMinor = row.getLong("transfer_minor");
    Long decided = row.wasNull() ? null : transferMinor;
    return new Payout(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "organization_id"),
        Columns.money(row, "amount_minor"),
        Columns.instant(row, "requested_at"),
        Columns.constant(PayoutStatus.class, row, "status"),
        new Route(
            row.getString("account_id"),
            decided,
            new Attempt(
                row.getInt("transfer_attempt"),
                Columns.instantOrNull(row, "transfer_sent_at"),
                row.getString("transfer_id")),
            new Attempt(
                row.getInt("bank_attempt"),
                Columns.instantOrNull(row, "bank_sent_at"),
                row.getString("bank_payout_id"))),
        new Outcome(
            Columns.constantOrNull(WaitsFor.class, row, "waits_for"),
            Columns.instantOrNull(row, "arrives_on"),
            row.getString("failure_reason"),
            Columns.instantOrNull(row, "paid_at")),
        hold(row));
  }
}
