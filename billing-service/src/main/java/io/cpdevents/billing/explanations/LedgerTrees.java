package io.cpdevents.billing.explanations;

import static io.cpdevents.billing.explanations.Explanation.Kind.ACCOUNT;
import static io.cpdevents.billing.explanations.Explanation.Kind.BALANCE_TRANSACTION;
import static io.cpdevents.billing.explanations.Explanation.Kind.JOURNAL;
import static io.cpdevents.billing.explanations.Explanation.Kind.JOURNALS;
import static io.cpdevents.billing.explanations.Explanation.Kind.NOT_EXPLAINED;
import static io.cpdevents.billing.explanations.Explanation.Kind.ORGANIZATION_BALANCE;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what accounts and balance transactions are made of: journals and their lines. */
@Component
class LedgerTrees {

  /** As many lines of a kind are told one by one, the latest; those before are told by month. */
  private static final int MAX_LINES = 100;

  private static final String LINE_COLUMNS =
      """
      journal.id, kind, business_id, journal.payment_id, journal.refund_id, journal.dispute_id,
      journal.payout_id, account, currency, amount_minor
      """;

  private static final List<String> OF_ORGANIZATION = List.of("organization", "held", "in-payout");

  private record Group(String kind, long lines, Money amount) {}

  private record TimedLine(Instant recordedAt, int position, JournalLine line) {}

  private final JdbcClient jdbc;
  private final JournalTrees subjects;

  LedgerTrees(JdbcClient jdbc, JournalTrees subjects) {
    this.jdbc = jdbc;
    this.subjects = subjects;
  }

  /** What an account had at a time, debit positive: a tree for each currency. */
  List<Explanation> account(String account, Instant asOf) {
    return groups(account, asOf).entrySet().stream()
        .map(currency -> account(account, currency.getKey(), currency.getValue(), asOf))
        .toList();
  }

  /** What an organization had at a time, credit positive: a tree for each currency. */
  List<Explanation> organizationBalance(UUID organizationId, Instant asOf) {
    Map<String, List<Explanation>> accounts = new TreeMap<>();
    for (String kind : OF_ORGANIZATION) {
      account(kind + ":" + organizationId, asOf)
          .forEach(account ->
              accounts
                  .computeIfAbsent(
                      account.amount().currency().getCurrencyCode(), _ -> new ArrayList<>())
                  .add(account.negate()));
    }
    return accounts.values().stream()
        .map(parts ->
            Explanation.sum(
                ORGANIZATION_BALANCE,
                organizationId.toString(),
                "Earned, set aside for disputes and promised in payouts under way",
                Money.zero(parts.getFirst().amount().currency()),
                parts))
        .toList();
  }

  private Explanation account(String account, String currency, List<Group> kinds, Instant asOf) {
    return Explanation.sum(
        ACCOUNT,
        account,
        LedgerWords.account(account),
        Money.of(0, currency),
        kinds.stream().map(kind -> journals(account, currency, kind, asOf)).toList());
  }

  private Map<String, List<Group>> groups(String account, Instant asOf) {
    return jdbc
        .sql(
            """
            SELECT kind, currency, count(*) AS lines, sum(amount_minor)::bigint AS amount_minor
            FROM posting JOIN journal ON journal.id = journal_id
            WHERE account = :account AND recorded_at <= :asOf
            GROUP BY kind, currency ORDER BY kind
            """)
        .param("account", account)
        .param("asOf", Parameters.instant(asOf))
        .query((row, _) ->
            new Group(
                row.getString("kind"), row.getLong("lines"), Columns.money(row, "amount_minor")))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                group -> group.amount().currency().getCurrencyCode(),
                TreeMap::new,
                Collectors.toList()));
  }

  private Explanation journals(String account, String currency, Group kind, Instant asOf) {
    List<TimedLine> latest = latest(account, currency, kind.kind(), asOf);
    List<JournalLine> lines = latest.stream().map(TimedLine::line).toList();
    JournalTrees.Subjects about = subjects.of(lines);
    List<Explanation> parts = new ArrayList<>();
    if (kind.lines() > lines.size()) {
      parts.addAll(months(account, currency, kind.kind(), latest.getFirst()));
    }
    lines.stream()
        .map(line -> node(line, line.amount()).with(about.explain(line, line.amount())))
        .forEach(parts::add);
    return Explanation.leaf(JOURNALS, kind.kind(), times(kind.kind(), kind.lines()), kind.amount())
        .explainedBy(parts);
  }

  private static String times(String kind, long times) {
    return "%s, %d times".formatted(LedgerWords.journal(kind), times);
  }

  /** The oldest first. */
  private List<TimedLine> latest(String account, String currency, String kind, Instant asOf) {
    return jdbc.sql(
            "SELECT recorded_at, position, "
                + LINE_COLUMNS
                + """
                FROM posting JOIN journal ON journal.id = journal_id
                WHERE account = :account AND currency = :currency AND kind = :kind
                    AND recorded_at <= :asOf
                ORDER BY recorded_at DESC, journal.id DESC, position DESC LIMIT :rows
                """)
        .param("account", account)
        .param("currency", currency)
        .param("kind", kind)
        .param("asOf", Parameters.instant(asOf))
        .param("rows", MAX_LINES)
        .query((row, number) ->
            new TimedLine(
                Columns.instant(row, "recorded_at"), row.getInt("position"), readLine(row, number)))
        .list()
        .reversed();
  }

  /**
   * What came before a line, month by month (UTC): asked for as of its end, each is told further.
   */
  private List<Explanation> months(
      String account, String currency, String kind, TimedLine earliestTold) {
    return jdbc.sql(
            """
            SELECT to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month, currency,
                   count(*) AS lines, sum(amount_minor)::bigint AS amount_minor
            FROM posting JOIN journal ON journal.id = journal_id
            WHERE account = :account AND currency = :currency AND kind = :kind
                AND (recorded_at, journal.id, position) < (:recordedAt, :journal, :position)
            GROUP BY 1, 2 ORDER BY 1
            """)
        .param("account", account)
        .param("currency", currency)
        .param("kind", kind)
        .param("recordedAt", Parameters.instant(earliestTold.recordedAt()))
        .param("journal", earliestTold.line().journalId())
        .param("position", earliestTold.position())
        .query((row, _) ->
            Explanation.leaf(
                JOURNALS,
                kind + ":" + row.getString("month"),
                "%s in %s: ask for the figure as it was at its end to see them one by one"
                    .formatted(times(kind, row.getLong("lines")), row.getString("month")),
                Columns.money(row, "amount_minor")))
        .list();
  }

  private static Explanation node(JournalLine line, Money amount) {
    return Explanation.leaf(
            JOURNAL, line.journalId().toString(), LedgerWords.journal(line.kind()), amount)
        .byJournal(line.journalId())
        .atStripe(line.stripeId());
  }

  /** What each of these journals has moved of what an organization has, line by line. */
  Map<UUID, List<JournalLine>> organizationLines(List<UUID> journals) {
    if (journals.isEmpty()) {
      return Map.of();
    }
    return jdbc
        .sql(
            "SELECT "
                + LINE_COLUMNS
                + """
                FROM journal JOIN posting ON journal_id = journal.id
                WHERE journal.id IN (:journals) AND account LIKE 'organization:%'
                """)
        .param("journals", journals)
        .query(LedgerTrees::readLine)
        .list()
        .stream()
        .collect(Collectors.groupingBy(JournalLine::journalId));
  }

  /** Why Stripe's balance has moved. */
  Optional<Explanation> balanceTransaction(String id, Instant asOf) {
    return jdbc.sql(
            """
            SELECT type, source, currency, net_minor, journal_id
            FROM matched_transaction WHERE id = :id AND created_at <= :asOf
            """)
        .param("id", id)
        .param("asOf", Parameters.instant(asOf))
        .query((row, _) ->
            Explanation.of(
                    BALANCE_TRANSACTION,
                    id,
                    "Stripe's balance moved by a `%s` (%s)"
                        .formatted(
                            row.getString("type"),
                            Objects.requireNonNullElse(row.getString("source"), "no source")),
                    Columns.money(row, "net_minor"),
                    moved(id, asOf))
                .byJournal(Columns.uuidOrNull(row, "journal_id"))
                .atStripe(id))
        .optional();
  }

  /** The other lines of its journal; what went to suspense is told by where it went from there. */
  private List<Explanation> moved(String transaction, Instant asOf) {
    List<JournalLine> lines =
        jdbc.sql(
                "SELECT "
                    + LINE_COLUMNS
                    + """
                    FROM journal JOIN posting ON journal_id = journal.id
                    WHERE recorded_at <= :asOf AND account <> 'stripe'
                    AND currency = (SELECT currency FROM balance_transaction WHERE id = :transaction)
                        AND ((kind IN ('balance-transaction', 'charge-identified', 'refund-identified',
                                       'dispute-identified', 'transfer-identified')
                              AND business_id = :transaction)
                             OR journal.id IN (
                                 SELECT journal_id
                                 FROM break_resolution
                                 JOIN ledger_break ON ledger_break.id = break_id
                                 WHERE stripe_id = :transaction))
                    ORDER BY recorded_at, journal.id, position
                    """)
            .param("transaction", transaction)
            .param("asOf", Parameters.instant(asOf))
            .query(LedgerTrees::readLine)
            .list();
    JournalTrees.Subjects about = subjects.of(lines);
    List<Explanation> parts = new ArrayList<>();
    lines.stream()
        .filter(line -> !line.account().equals("suspense"))
        .map(line -> against(line, about))
        .forEach(parts::add);
    lines.stream()
        .filter(line -> line.account().equals("suspense"))
        .map(JournalLine::amount)
        .reduce(Money::plus)
        .filter(left -> !left.isZero())
        .ifPresent(left ->
            parts.add(
                Explanation.leaf(
                    NOT_EXPLAINED,
                    transaction,
                    "Nobody knows yet what it is: a break asks for its cause",
                    left.negate())));
    return parts;
  }

  private static Explanation against(JournalLine line, JournalTrees.Subjects about) {
    Money amount = line.amount().negate();
    Explanation node =
        Explanation.leaf(ACCOUNT, line.account(), LedgerWords.account(line.account()), amount)
            .byJournal(line.journalId());
    return line.account().equals("stripe-fees") ? node : node.with(about.explain(line, amount));
  }

  private static JournalLine readLine(ResultSet row, int number) throws SQLException {
    return new JournalLine(
        Columns.uuid(row, "id"),
        row.getString("kind"),
        row.getString("business_id"),
        Columns.uuidOrNull(row, "payment_id"),
        Columns.uuidOrNull(row, "refund_id"),
        Columns.uuidOrNull(row, "dispute_id"),
        Columns.uuidOrNull(row, "payout_id"),
        row.getString("account"),
        Columns.money(row, "amount_minor"));
  }
}
