package io.cpdevents.e2e.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Somebody changes the books past the application, or Stripe moves money that nobody knows of: it
 * is found, named and placed on its day, and once it is mended that day closes.
 */
enum Corruption {
  A_CENT_IS_MOVED_WITHIN_A_JOURNAL(Corruption::cent),
  A_JOURNAL_OF_A_REFUND_IS_REMOVED(world -> removed(world, "refund-accepted")),
  STRIPE_MOVES_WHAT_NOBODY_KNOWS(Corruption::unknown),
  A_JOURNAL_OF_A_PAYOUT_IS_REMOVED(world -> removed(world, "payout-made")),
  A_TRANSACTION_IS_DOUBLED(Corruption::twin),
  A_JOURNAL_IS_IN_ANOTHER_CURRENCY(Corruption::currency);

  /** Younger transactions are left to the webhooks. */
  private static final Duration UNTIL_FOLLOWED = Duration.ofMinutes(5);

  /** A transaction that is younger may be missing in Stripe's list at first. */
  private static final Duration UNTIL_LISTED = Duration.ofMinutes(61);

  private static final Duration UNTIL_CLOSED = Duration.ofHours(26);
  private static final String JOURNAL_CHANGED = "journal-changed";
  private static final String BILLING = "billing";
  private static final String FINANCE = "/api/v1/finance/";

  /** A journal of a day that is open. */
  private record Journal(String id, String kind, String businessId, LocalDate day) {
    String about() {
      return kind + ":" + businessId;
    }
  }

  /**
   * What must be found.
   *
   * @param about what the break is about
   * @param mend brings everything in order
   */
  private record Found(String about, String kind, LocalDate day, Runnable mend) {}

  private final Function<World, Optional<Found>> corrupt;

  Corruption(Function<World, Optional<Found>> corrupt) {
    this.corrupt = corrupt;
  }

  /** One of them, in turn. */
  static Corruption number(long number) {
    return values()[(int) (number % values().length)];
  }

  /** Does it, where there is something to corrupt, and sees that it is found and mended. */
  void happensIn(World world) {
    corrupt
        .apply(world)
        .ifPresent(found -> {
          reconcile(world, today(world));
          JsonNode open = breakAbout(world, found);
          assertThat(open.path("happenedAt").asString()).startsWith(found.day().toString());
          found.mend().run();
          LocalDate day = today(world);
          world.passes(UNTIL_CLOSED);
          JsonNode closed = reconcile(world, day);
          assertThat(closed.path("status").asString())
              .as("%s, with the breaks %s", closed, breaks(world))
              .isEqualTo("closed");
          assertThat(
                  world
                      .finance()
                      .api()
                      .get(FINANCE + "breaks/" + open.path("id").asString())
                      .expect(200)
                      .text("status"))
              .isEqualTo("resolved");
        });
  }

  private static Optional<Found> cent(World world) {
    return latest(world, "payment-captured")
        .map(journal -> {
          moveCent(world, journal, 1);
          return new Found(
              journal.about(), JOURNAL_CHANGED, journal.day(), () -> moveCent(world, journal, -1));
        });
  }

  private static Optional<Found> unknown(World world) {
    String transaction = world.stripe().moves("adjustment", 7_00, "cad");
    LocalDate day = today(world);
    world.passes(UNTIL_FOLLOWED);
    return Optional.of(
        new Found(
            transaction,
            "unexplained-balance-transaction",
            day,
            () -> resolvedByTwo(world, transaction)));
  }

  private static Optional<Found> twin(World world) {
    return latest(world, "balance-transaction")
        .map(journal -> {
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
              () -> past(world, "DELETE FROM balance_transaction WHERE id = ?", twin));
        });
  }

  private static Optional<Found> currency(World world) {
    return latest(world, "balance-transaction")
        .map(journal -> {
          String currency = currencyOf(world, journal);
          changeCurrency(world, journal, currency, "USD");
          return new Found(
              journal.businessId(),
              "booked-otherwise",
              journal.day(),
              () -> changeCurrency(world, journal, "USD", currency));
        });
  }

  private static Optional<Found> removed(World world, String kind) {
    return latest(world, kind)
        .map(journal -> {
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
          return new Found(
              journal.about(),
              JOURNAL_CHANGED,
              journal.day(),
              () -> {
                past(world, "INSERT INTO journal SELECT * FROM kept_journal");
                past(world, "INSERT INTO posting SELECT * FROM kept_posting");
                past(world, "DROP TABLE kept_journal, kept_posting");
              });
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

  /** The latest of an open day. */
  private static Optional<Journal> latest(World world, String kind) {
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
        .map(row -> new Journal(row.get(0), row.get(1), row.get(2), LocalDate.parse(row.get(3))));
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

  private static void resolvedByTwo(World world, String about) {
    String path =
        FINANCE
            + "breaks/"
            + breaks(world).stream()
                .filter(each -> each.path("stripeId").asString().equals(about))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    Map<String, String> proposal = Map.of("account", "stripe-fees", "reason", "Stripe's goodwill");
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
