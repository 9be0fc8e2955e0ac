package io.cpdevents.e2e.money;

import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Payout;
import io.cpdevents.driver.PayoutAccount;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.World;
import io.cpdevents.driver.invariants.Invariant;
import io.cpdevents.e2e.Payouts;
import io.cpdevents.e2e.money.Step.Act;
import io.cpdevents.local.LocalPlatform;
import io.cpdevents.platform.test.AtOnce;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What one seed decides: two events, those who book them, and what happens to their money. */
final class Scenario {

  private static final int MIN_MOMENTS = 10;
  private static final int MAX_MOMENTS = 20;
  private static final int PAID_AT_FIRST = 2;
  private static final int PREFERRED_OF_TEN = 8;
  private static final int MAX_AT_ONCE = 3;
  private static final int PLACES = 12;
  private static final int RECENT_PAYOUTS = 3;

  /** Hardly any scenario has more. */
  private static final int PAYOUTS_OF_A_SCENARIO = 10;

  static final List<String> CURRENCIES = List.of("CAD", "CAD", "JPY", "KWD");
  private static final List<Integer> SHARES = List.of(0, 25_00, 33_33, 50_00, 100_00);
  private static final int PERCENT = 100;
  private static final int FREE_PERCENT = 10;

  private static final Duration QUIET_SOON = Duration.ofSeconds(10);
  private static final Duration SENT_SOON = Duration.ofMinutes(2);
  private static final Duration EVERY_HOLD_IS_OVER = Duration.ofMinutes(35);
  private static final Duration EVERY_CHECK_IS_DUE = Duration.ofMinutes(20);
  private static final Duration EVERY_RETRY_IS_DUE = Duration.ofHours(25);
  private static final Duration EVERY_PAYOUT_ARRIVES = Duration.ofDays(6);
  private static final int MAX_RETRIES = 7;

  /** What no webhook tells is found by sweeps, and tried again, by the machine's time. */
  private static final Map<String, String> DUE_AT_ONCE =
      Map.of(
          "billing",
          "UPDATE scheduled_tasks SET execution_time = now() WHERE task_name IN"
              + " ('list-missed-events', 'follow-balance') AND NOT picked",
          "payout",
          "UPDATE scheduled_tasks SET execution_time = now() WHERE task_name = 'send-payout' AND NOT"
              + " picked");

  /** As many seeds have one corruption: all of them come in the seeds of a build. */
  private static final int SEEDS_OF_A_CORRUPTION = 2;

  /** A third off, for few: it comes back with what is not paid or cancelled. */
  static final String PROMO_CODE = "THIRD";

  private static final Map<String, Integer> A_THIRD_FOR_FEW =
      Map.of("percentOff", 33_33, "maxUses", 4, "maxUsesPerAccount", 2);

  private final long seed;
  private final Cast cast;
  private final Random random;
  private final DyingTransactions dyingTransactions;
  private final List<PublishedEvent> events = new ArrayList<>();
  private final List<PublishedEvent> eventsOver = new ArrayList<>();
  private final String releasedCurrency;
  private final Queue<Booking> bookings = new ConcurrentLinkedQueue<>();
  private final List<String> told = new ArrayList<>();

  Scenario(long seed, Cast cast) {
    this.seed = seed;
    this.cast = cast;
    this.random = new Random(seed);
    this.releasedCurrency = any(CURRENCIES);
    this.dyingTransactions = new DyingTransactions(platform().postgres());
  }

  /**
   * Who acts in every scenario.
   *
   * @param account where the organization is paid at Stripe
   * @param others another organization, whose money lies on the platform's balance too
   */
  record Cast(
      World world,
      Organization organization,
      PayoutAccount account,
      Organization others,
      List<Person> buyers) {

    private static final int BUYERS = 3;

    /** They repeat what was not answered. */
    static Cast in(World shared) {
      World world = shared.repeating();
      Organization organization = NoLimits.holdFor(world.anOrganization());
      organization.makesPromoCode(PROMO_CODE, A_THIRD_FOR_FEW);
      PayoutAccount account = organization.connects().isCompleted();
      CURRENCIES.stream()
          .distinct()
          .forEach(currency -> world.stripe().hasBankAccountIn(account.stripeId(), currency));
      return new Cast(
          world,
          organization,
          account,
          NoLimits.holdFor(world.anOrganization()),
          IntStream.range(0, BUYERS).mapToObj(_ -> world.somebody("Mona Money")).toList());
    }
  }

  /** Lets everything happen, ends what goes wrong, and checks what must be true. */
  void play() {
    int moments = random.nextInt(MIN_MOMENTS, MAX_MOMENTS + 1);
    events.add(publishOverSoon());
    sell();
    told.add("weeks pass: what that has earned is released");
    world().leaps(Payouts.UNTIL_RELEASE);
    eventsOver.addAll(events);
    events.clear();
    events.add(publish());
    events.add(publish());
    sell();
    try {
      for (int i = 0; i < moments; i++) {
        moment();
      }
    } finally {
      dyingTransactions.end();
      world().stripe().webhooksAreFine();
      world().stripe().answersWell();
      world().stripe().behavesAsUsual();
    }
    settle();
  }

  private void sell() {
    for (int i = 0; i < PAID_AT_FIRST; i++) {
      happen(new Books());
      happen(new Pays());
    }
  }

  /** What has happened so far, a line each. */
  List<String> told() {
    return told;
  }

  Cast cast() {
    return cast;
  }

  World world() {
    return cast.world();
  }

  LocalPlatform platform() {
    return SimulatedPlatform.get();
  }

  Random random() {
    return random;
  }

  Organization organization() {
    return cast.organization();
  }

  /** Where the organization is paid at Stripe. */
  PayoutAccount account() {
    return cast.account();
  }

  DyingTransactions dyingTransactions() {
    return dyingTransactions;
  }

  Person anyBuyer() {
    return any(cast.buyers());
  }

  /** One of those that tickets are sold for. */
  PublishedEvent anyEvent() {
    return any(events);
  }

  /** One of those, or one that is over. */
  PublishedEvent anyEventAtAll() {
    return any(Stream.concat(events.stream(), eventsOver.stream()).toList());
  }

  /** A currency, mostly that of what has been released. */
  String anyCurrencyToPayOut() {
    boolean prefers = random.nextInt(10) < PREFERRED_OF_TEN;
    String any = any(CURRENCIES);
    return prefers ? releasedCurrency : any;
  }

  /**
   * One of the organization's payouts, rather a new one; empty when there is none.
   *
   * @param draw decides which
   */
  Optional<Payout> payout(int draw) {
    List<Payout> some = recentPayouts(RECENT_PAYOUTS);
    return some.isEmpty() ? Optional.empty() : Optional.of(some.get(draw % some.size()));
  }

  /** One of those that cost something, mostly one that is not paid; empty when there are none. */
  Optional<Booking> anyBookingToPay() {
    return anyOf(booking -> !booking.isFree(), booking -> !booking.isPaid());
  }

  /** One of those that cost something, mostly one that is paid; empty when there are none. */
  Optional<Booking> anyPaidBooking() {
    return anyOf(booking -> !booking.isFree(), Booking::isPaid);
  }

  /** One of those that cost something, mostly one that is disputed; empty when there are none. */
  Optional<Booking> anyDisputedBooking() {
    return anyOf(booking -> !booking.isFree(), Booking::isDisputed);
  }

  /** One of those, whatever they cost, mostly one that is paid; empty when there are none. */
  Optional<Booking> anyBookingAtAll() {
    return anyOf(_ -> true, Booking::isPaid);
  }

  /** One for which a slow bank has to decide; empty when there is none. */
  Optional<Booking> anySlowBooking() {
    return anyOf(booking -> booking.slowPayment().get() != null, _ -> true);
  }

  private List<Payout> recentPayouts(int most) {
    return organization().payouts().stream().limit(most).toList();
  }

  void add(Registration registration) {
    bookings.add(Booking.of(bookings.size() + 1, registration));
  }

  <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  /** Draws as often whatever there is, so that a race changes nothing of what is drawn later. */
  private Optional<Booking> anyOf(Predicate<Booking> possible, Predicate<Booking> preferred) {
    boolean prefers = random.nextInt(10) < PREFERRED_OF_TEN;
    int draw = random.nextInt(Integer.MAX_VALUE);
    List<Booking> all = bookings.stream().filter(possible).toList();
    List<Booking> some = all.stream().filter(one -> !prefers || preferred.test(one)).toList();
    List<Booking> those = some.isEmpty() ? all : some;
    return those.isEmpty() ? Optional.empty() : Optional.of(those.get(draw % those.size()));
  }

  /** Several things may happen at the same moment; time passes at its end. */
  private void moment() {
    happen(
        IntStream.range(0, 1 + random.nextInt(MAX_AT_ONCE))
            .mapToObj(_ -> Steps.any(random))
            .toArray(Step[]::new));
  }

  private void happen(Step... steps) {
    List<Act> acts =
        Arrays.stream(steps).map(step -> step.choose(this)).flatMap(Optional::stream).toList();
    told.add(String.join(" | ", acts.stream().map(Act::what).toList()));
    List<Act> atOnce = acts.stream().filter(act -> !act.passesTime()).toList();
    AtOnce.numbered(
        atOnce.size(),
        i -> {
          atOnce.get(i).does().run();
          return i;
        });
    acts.stream().filter(Act::passesTime).forEach(act -> act.does().run());
  }

  private PublishedEvent publish() {
    return publish(
        EventDraft.of(organization(), PLACES),
        any(CURRENCIES),
        random.nextInt(PERCENT) < FREE_PERCENT);
  }

  private PublishedEvent publishOverSoon() {
    return publish(Payouts.draftOfTomorrow(organization(), PLACES), releasedCurrency, false);
  }

  private PublishedEvent publish(EventDraft draft, String currency, boolean free) {
    // A step of 10 suits every currency.
    long price = free ? 0 : 10L * (50 + random.nextInt(950));
    Map<String, Object> policy =
        Map.of(
            "tiers",
            List.of(tier(24 * 59, any(SHARES)), tier(24 * 30, any(SHARES)), tier(0, any(SHARES))),
            "feeRefundable",
            random.nextBoolean());
    told.add("an event at %d %s, %s".formatted(price, currency, policy));
    return draft.in(currency).with("refundPolicy", policy).publishedAt(price);
  }

  private static Map<String, Object> tier(int untilHours, int basisPoints) {
    return Map.of("untilHoursBeforeStart", untilHours, "refundBasisPoints", basisPoints);
  }

  private void settle() {
    for (Booking booking : bookings) {
      SlowBankDecides.about(booking, random).ifPresent(act -> act.does().run());
      if (!booking.isFree()) {
        BuyerNamesDestination.of(booking).does().run();
      }
    }
    decideDisputes();
    settlePayouts();
    world().passes(EVERY_HOLD_IS_OVER);
    goOn();
    becomeQuiet();
    FinanceCloses.disputedCharges(world());
    told.add("everything is settled");
    world().invariants().hold();
    recentPayouts(PAYOUTS_OF_A_SCENARIO).forEach(PayoutStatement::addsUp);
    if (seed % SEEDS_OF_A_CORRUPTION == 0) {
      Corruption corruption = Corruption.number(seed / SEEDS_OF_A_CORRUPTION);
      told.add("corruption: " + corruption);
      corruption.happensIn(world());
      becomeQuiet();
      world().invariants().hold();
    }
    // Else what is on its way stays so for the next scenario.
    if (random.nextBoolean()) {
      told.add("payouts arrive");
      world().leaps(EVERY_PAYOUT_ARRIVES);
      becomeQuiet();
      world().invariants().hold();
    }
  }

  private void becomeQuiet() {
    for (int retries = 0; retries < MAX_RETRIES && !isQuiet(); retries++) {
      currenciesThatLack().forEach(currency -> OthersSell.sellMuch(cast, currency));
      // A card's dispute may have come after the others were decided.
      decideDisputes();
      world().passes(areRefundsRetriedLater() ? EVERY_RETRY_IS_DUE : EVERY_CHECK_IS_DUE);
      goOn();
    }
  }

  private void decideDisputes() {
    bookings.stream()
        .filter(booking -> !booking.isFree())
        .forEach(booking -> BankDecidesDispute.about(booking, random).does().run());
  }

  /** Nothing keeps payouts from being sent any more. */
  private void settlePayouts() {
    AccountChanges.putInOrder(this);
    organization().payouts().stream()
        .filter(payout -> payout.status().equals("held"))
        .forEach(payout -> payout.isDecided(world().finance(), "release", "All is well"));
  }

  /** Waits for what happens soon; whether nothing is under way after that. */
  private boolean isQuiet() {
    return Wait.atMost(QUIET_SOON)
            .isSo(() ->
                noRefundIsReturnedSoon()
                    && world().invariants().areQuietBut(Invariant.REFUNDS_ARE_DECIDED)
                    && noRefundIsDecidedSoon())
        && noRefundIsReturnedSoon()
        && noPayoutWaits()
        && world().invariants().areQuietWithin(Duration.ZERO);
  }

  /** Those are over that Stripe says are made, and that a bank sends back after a second. */
  private boolean noRefundIsReturnedSoon() {
    return bookings.stream().noneMatch(Booking::waitsForReturnedRefund)
        || world().stripe().plansNothing();
  }

  /** Those of which the platform has too little at Stripe. */
  private List<String> currenciesThatLack() {
    return world()
        .databases()
        .rows(
            "payout",
            """
            SELECT DISTINCT currency FROM payout
            WHERE status = 'reserved' AND waits_for = 'platform-balance'
            """,
            row -> row.getString(1));
  }

  /** All are on their way to a bank, or over. */
  private boolean noPayoutWaits() {
    return world()
            .databases()
            .number(
                "payout",
                "SELECT count(*) FROM payout WHERE status IN ('requested', 'reserved', 'transferred')")
        == 0;
  }

  /** All that are under way wait for their next attempt. */
  private boolean noRefundIsDecidedSoon() {
    return world()
            .databases()
            .number(
                "billing",
                """
                SELECT count(*) FROM refund WHERE status = 'pending'
                OR (status = 'requested' AND next_attempt_at < ?)
                """,
                world().now().plus(SENT_SOON).atOffset(ZoneOffset.UTC))
        == 0;
  }

  private void goOn() {
    DUE_AT_ONCE.forEach((database, sql) -> world().databases().execute(database, sql));
  }

  private boolean areRefundsRetriedLater() {
    return world()
            .databases()
            .number(
                "billing",
                """
                SELECT count(*) FROM refund r JOIN refund_attempt a ON a.refund_id = r.id
                WHERE r.status = 'requested' AND a.stripe_status = 'failed'
                """)
        > 0;
  }
}
