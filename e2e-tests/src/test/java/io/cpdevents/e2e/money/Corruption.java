package io.cpdevents.e2e.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Payout;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.e2e.Payouts;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Somebody changes the books past the application, or Stripe moves money that nobody knows of: it
 * is found, named and placed on its day, and once it is mended that day closes.
 */
enum Corruption {
  A_CENT_IS_MOVED_WITHIN_A_JOURNAL(Corruption::cent),
  A_JOURNAL_OF_A_REFUND_IS_REMOVED(Corruption::refund),
  STRIPE_MOVES_WHAT_NOBODY_KNOWS(Corruption::unknown),
  A_JOURNAL_OF_A_PAYOUT_IS_REMOVED(Corruption::payout),
  A_TRANSACTION_IS_DOUBLED(Corruption::twin),
  A_JOURNAL_IS_IN_ANOTHER_CURRENCY(Corruption::currency),
  A_PAYOUT_IS_REVERSED(Corruption::reversed),
  A_JOURNAL_OF_A_CLOSED_DAY_IS_REMOVED(Corruption::closed);

  /** Younger transactions are left to the webhooks. */
  private static final Duration UNTIL_FOLLOWED = Duration.ofMinutes(5);

  /** A transaction that is younger may be missing in Stripe's list at first. */
  private static final Duration UNTIL_LISTED = Duration.ofMinutes(61);

  private static final Duration UNTIL_CLOSED = Duration.ofHours(26);
  private static final String JOURNAL_CHANGED = "journal-changed";
  private static final String BALANCE_TRANSACTION = "balance-transaction";
  private static final String BILLING = "billing";
  private static final String FINANCE = "/api/v1/finance/";

  private static final long PRICE_MINOR = 40_00;

  private record Journal(String id, String kind, String businessId, LocalDate day) {
    String about() {
      return kind + ":" + businessId;
    }
  }

  /**
   * What must be found.
   *
   * @param about what the break is about
   * @param reconciled the day that is reconciled to find it
   * @param mend brings everything in order
   */
  private record Found(
      String about, String kind, LocalDate day, LocalDate reconciled, Runnable mend) {}

  private final Function<World, Found> corrupt;

  Corruption(Function<World, Found> corrupt) {
    this.corrupt = corrupt;
  }

  /** One of them, in turn. */
  static Corruption number(long number) {
    return values()[(int) (number % values().length)];
  }

  /** Does it to something that happens for it, and sees that it is found and mended. */
  void happensIn(World world) {
    Found found = corrupt.apply(world);
    reconcile(world, found.reconciled());
    JsonNode open = breakAbout(world, found);
    assertThat(open.path("happenedAt").asString()).startsWith(found.day().toString());
    found.mend().run();
    reconcile(world, found.reconciled());
    LocalDate day = today(world);
    world.passes(UNTIL_CLOSED);
    closes(world, day);
    assertThat(
            world
                .finance()
                .api()
                .get(FINANCE + "breaks/" + open.path("id").asString())
                .expect(200)
                .text("status"))
        .isEqualTo("resolved");
  }

  private static void closes(World world, LocalDate day) {
    JsonNode closed = reconcile(world, day);
    assertThat(closed.path("status").asString())
        .as("%s, with the breaks %s", closed, breaks(world))
        .isEqualTo("closed");
  }

  private static Payment bought(World world, Organization organization) {
    return world
        .somebody("Paula Payer")
        .registersFor(organization.publishes(1, PRICE_MINOR), 1)
        .isPaid()
        .becomes("confirmed")
        .payment()
        .isBookedAtStripe();
  }

  private static Found cent(World world) {
    bought(world, world.anOrganization());
    Journal journal = latest(world, "payment-captured");
    moveCent(world, journal, 1);
    return changed(world, journal, () -> moveCent(world, journal, -1));
  }

  private static Found refund(World world) {
    Organization organization = world.anOrganization();
    bought(world, organization)
        .isRefundedBy(organization.owner(), PRICE_MINOR, "Ill on the day")
        .becomes("succeeded");
    return removed(world, latest(world, "refund-accepted"));
  }

  private static Found payout(World world) {
    Payouts.withMoney(world, PRICE_MINOR).asksForPayout().becomes("in-transit");
    return removed(world, latest(world, "payout-made"));
  }

  private static Found unknown(World world) {
    String transaction = world.stripe().moves("adjustment", 7_00, "cad");
    return unexplained(world, transaction, "stripe-fees");
  }

  /** What a bank has sent back lies on the organization's account, from where somebody takes it. */
  private static Found reversed(World world) {
    Organization organization = Payouts.withMoney(world, PRICE_MINOR);
    Payout payout =
        organization
            .asksForPayout()
            .becomes("in-transit")
            .isSentBack("could_not_process")
            .becomes("failed");
    String transfer = world.stripe().transfersFor(payout.id()).getFirst().path("id").asString();
    return unexplained(world, world.stripe().reverses(transfer), "connected:" + organization.id());
  }

  private static Found unexplained(World world, String transaction, String account) {
    LocalDate day = today(world);
    world.passes(UNTIL_FOLLOWED);
    return new Found(
        transaction,
        "unexplained-balance-transaction",
        day,
        today(world),
        () -> resolvedByTwo(world, transaction, account));
  }

  private static Found twin(World world) {
    bought(world, world.anOrganization());
    Journal journal = latest(world, BALANCE_TRANSACTION);
    String twin = journal.businessId() + "_twin";
    past(
        world,
        """
        INSERT INTO balance_transaction
        SELECT ?, type, source, currency, amount_minor, fee_minor, net_minor, created_at,
               mirrored_at, NULL
        FROM balance_transaction WHERE id = ?
        """,
        twin,
        journal.businessId());
    world.passes(UNTIL_LISTED);
    return new Found(
        twin,
        "not-at-stripe",
        journal.day(),
        today(world),
        () -> past(world, "DELETE FROM balance_transaction WHERE id = ?", twin));
  }

  private static Found currency(World world) {
    bought(world, world.anOrganization());
    Journal journal = latest(world, BALANCE_TRANSACTION);
    String currency = currencyOf(world, journal);
    changeCurrency(world, journal, currency, "USD");
    return new Found(
        journal.businessId(),
        "booked-otherwise",
        journal.day(),
        today(world),
        () -> changeCurrency(world, journal, "USD", currency));
  }

  /** It is found when the day is read again, and nothing is posted in its place. */
  private static Found closed(World world) {
    bought(world, world.anOrganization());
    Journal journal = latest(world, BALANCE_TRANSACTION);
    LocalDate day = today(world);
    world.passes(UNTIL_CLOSED);
    closes(world, day);
    Found removed = removed(world, journal);
    return new Found(
        journal.day().toString(),
        "closed-day-changed",
        journal.day(),
        journal.day(),
        removed.mend());
  }

  private static Found changed(World world, Journal journal, Runnable mend) {
    return new Found(journal.about(), JOURNAL_CHANGED, journal.day(), today(world), mend);
  }

  private static Found removed(World world, Journal journal) {
    past(world, "DROP TABLE IF EXISTS kept_journal, kept_posting");
    past(
        world,
        "CREATE TABLE kept_journal AS SELECT * FROM journal WHERE id = ?::uuid",
        journal.id());
    past(
        world,
        "CREATE TABLE kept_posting AS SELECT * FROM posting WHERE journal_id = ?::uuid",
        journal.id());
    past(world, "DELETE FROM posting WHERE journal_id = ?::uuid", journal.id());
    past(world, "DELETE FROM journal WHERE id = ?::uuid", journal.id());
    return changed(
        world,
        journal,
        () -> {
          past(world, "INSERT INTO journal SELECT * FROM kept_journal");
          past(world, "INSERT INTO posting SELECT * FROM kept_posting");
          past(world, "DROP TABLE kept_journal, kept_posting");
        });
  }

  /** The platform's fee gets more of a payment, and what was captured is more by as much. */
  private static void moveCent(World world, Journal journal, long amountMinor) {
    String change =
        "UPDATE posting SET amount_minor = amount_minor + ? WHERE journal_id = ?::uuid AND account"
            + " = ?";
    past(world, change, amountMinor, journal.id(), "awaiting-stripe");
    past(world, change, -amountMinor, journal.id(), "platform-fees");
  }

  private static String currencyOf(World world, Journal journal) {
    return world
        .databases()
        .texts(
            BILLING,
            "SELECT currency FROM posting WHERE journal_id = ?::uuid AND account = 'stripe'",
            journal.id())
        .getFirst()
        .getFirst();
  }

  private static void changeCurrency(World world, Journal journal, String from, String to) {
    past(
        world,
        "UPDATE posting SET currency = ? WHERE journal_id = ?::uuid AND currency = ?",
        to,
        journal.id(),
        from);
  }

  /** The latest of an open day: there is one, as it was made for this. */
  private static Journal latest(World world, String kind) {
    return world
        .databases()
        .texts(
            BILLING,
            """
            SELECT journal.id, kind, business_id, (recorded_at AT TIME ZONE 'UTC')::date
            FROM journal LEFT JOIN balance_transaction mirrored ON mirrored.id = business_id
            WHERE kind = ? AND closed_on IS NULL
                AND (recorded_at AT TIME ZONE 'UTC')::date
                    > coalesce((SELECT max(date) FROM reconciliation_day), 'epoch')
                AND (kind <> 'payment-captured' OR EXISTS (
                    SELECT FROM posting WHERE journal_id = journal.id AND account = 'platform-fees'))
                AND (kind <> 'balance-transaction' OR created_at::date = recorded_at::date)
            ORDER BY recorded_at DESC LIMIT 1
            """,
            kind)
        .stream()
        .findFirst()
        .map(row -> new Journal(row.get(0), row.get(1), row.get(2), LocalDate.parse(row.get(3))))
        .orElseThrow(() -> new AssertionError("there is no " + kind + " to corrupt"));
  }

  /** What triggers refuse to everybody but the owner of the database, who can switch them off. */
  private static void past(World world, String sql, Object... parameters) {
    world.databases().execute(BILLING, "SET session_replication_role = replica");
    try {
      world.databases().execute(BILLING, sql, parameters);
    } finally {
      world.databases().execute(BILLING, "SET session_replication_role = DEFAULT");
    }
  }

  private static void resolvedByTwo(World world, String about, String account) {
    String path =
        FINANCE
            + "breaks/"
            + breaks(world).stream()
                .filter(each -> each.path("stripeId").asString().equals(about))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    Map<String, String> proposal = Map.of("account", account, "reason", "By Stripe's report");
    Answer proposed = world.finance().api().post(path + "/resolution", proposal).expect(202);
    String resolution = proposed.json().at("/resolutions/0/id").asString();
    world
        .controller()
        .api()
        .post(path + "/approval", Map.of("resolutionId", resolution))
        .expect(200);
  }

  private static JsonNode reconcile(World world, LocalDate day) {
    return world
        .finance()
        .api()
        .post(FINANCE + "reconciliations", Map.of("date", day.toString()))
        .expect(200)
        .json();
  }

  private static JsonNode breakAbout(World world, Found found) {
    List<JsonNode> breaks = breaks(world);
    return breaks.stream()
        .filter(each -> each.path("stripeId").asString().equals(found.about()))
        .filter(each -> each.path("kind").asString().equals(found.kind()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(found + " was not found, only " + breaks));
  }

  private static List<JsonNode> breaks(World world) {
    return world
        .finance()
        .api()
        .get(FINANCE + "breaks?limit=100")
        .expect(200)
        .data()
        .valueStream()
        .toList();
  }

  private static LocalDate today(World world) {
    return LocalDate.ofInstant(world.now(), ZoneOffset.UTC);
  }
}
