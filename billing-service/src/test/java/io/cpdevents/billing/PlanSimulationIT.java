package io.cpdevents.billing;

import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.invoices.ChargeReplacedCards;
import io.cpdevents.billing.invoices.VoidInvoices;
import io.cpdevents.billing.paymentmethods.FollowCardExpiry;
import io.cpdevents.billing.plans.EnsurePrice;
import io.cpdevents.billing.subscriptions.AskAboutPlanChanges;
import io.cpdevents.billing.subscriptions.TellTrialEnds;
import io.cpdevents.billing.webhooks.ListMissedEvents;
import io.cpdevents.contracts.billing.EntitlementsEvent.EntitlementsChanged;
import io.cpdevents.contracts.billing.SubscriptionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Whatever organizations do with their plans and cards, and banks and Stripe with them, and
 * whatever goes wrong meanwhile: each month is paid once at most, organizations have what Stripe
 * says, each step is told once, and the books are Stripe's balance.
 *
 * <p>Every build plays one seed with a few organizations over some months. {@code -Dplans=100x730}
 * plays a hundred over two years, {@code -Dseeds=20} or {@code -Dseeds=21-40} those seeds, {@code
 * -Dseed=17} one again.
 */
@Import(PlanSimulationIT.Mortal.class)
class PlanSimulationIT extends PlanJourney {

  @TestConfiguration(proxyBeanMethods = false)
  static class Mortal {
    @Bean
    static DyingProcess dyingProcess() {
      return new DyingProcess();
    }
  }

  private static final String SMALL = "10x100";
  private static final double PART_OF_REQUESTS_IN_WHICH_IT_DIES = 0.02;
  private static final int DAYS_BETWEEN_CHECKS = 50;

  private static final Duration UNTIL_EVENING = Duration.ofHours(7);

  /**
   * Longer together than anything waits for an answer and then, in the next round, for a bank:
   * whoever died before Stripe was asked asks in the first one, and Stripe waits 23 hours from then
   * on.
   */
  private static final int SETTLING_ROUNDS = 5;

  /** As long as the machine may need for what a day has left to do. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** To look at all that one organization has after one day, on a machine that is busy. */
  private static final Duration MAX_LOOK_TIME = Duration.ofMillis(10);

  private static final List<Map<String, Object>> WEBHOOKS =
      List.of(
          Map.of(),
          Map.of(),
          Map.of("duplicate", true),
          // Later than the next one is applied: each such day waits that long.
          Map.of("reorder", true, "delayMs", 400),
          Map.of("delayMs", 300),
          Map.of("drop", true, "times", 5),
          Map.of("drop", true));

  private static final List<String> REQUESTS =
      List.of(
          "/v1/invoices/{id}/pay",
          "/v1/invoices/{id}/void",
          "/v1/subscriptions",
          "/v1/subscriptions/{id}",
          "/v1/subscription_schedules",
          "/v1/subscription_schedules/{id}",
          "/v1/subscription_schedules/{id}/release",
          "/v1/customers",
          "/v1/customers/{id}",
          "/v1/payment_methods/{id}/detach");

  @Autowired DyingProcess process;
  @Autowired ChargeReplacedCards chargeReplacedCards;
  @Autowired VoidInvoices voidInvoices;
  @Autowired FollowCardExpiry followCardExpiry;
  @Autowired TellTrialEnds tellTrialEnds;
  @Autowired ListMissedEvents listMissedEvents;
  @Autowired AskAboutPlanChanges askAboutChanges;
  @Autowired EnsurePrice ensurePrice;

  private final List<String> told = new ArrayList<>();
  private final Map<String, String> prices = new HashMap<>();
  private final Set<UUID> withCardToAuthenticate = new HashSet<>();
  private final Map<String, Double> secondsSpent = new TreeMap<>();
  private long began;

  // How far a long run is, for people.
  @SuppressWarnings("SystemOut")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void plans_add_up(long seed) {
    String[] size = System.getProperty("plans", SMALL).split("x", 2);
    began = System.nanoTime();
    for (String planId : List.of("starter", "professional")) {
      prices.put(planId, ensurePrice.handle(planId, Currency.getInstance("CAD")));
    }
    process.seed(seed);
    try {
      play(new Random(seed), Integer.parseInt(size[0]), Integer.parseInt(size[1]));
      System.out.printf(
          Locale.ROOT,
          "plans: seed %d adds up, %.1f s, since the first one %s%n",
          seed,
          secondsSinceBegin(),
          happened());
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed %d, which -Dplans=%s -Dseed=%d repeats:%n  %s"
              .formatted(
                  seed,
                  String.join("x", size),
                  seed,
                  String.join(System.lineSeparator() + "  ", toldAbout(e))),
          e);
    } finally {
      process.diesIn(0);
    }
  }

  /** How often people were told what, so that whoever reads it sees that something has happened. */
  private Map<String, Long> happened() {
    return events.all(SubscriptionEvent.class).stream()
        .collect(
            Collectors.groupingBy(
                event -> event.getClass().getSimpleName(), TreeMap::new, Collectors.counting()));
  }

  private double secondsSinceBegin() {
    return (System.nanoTime() - began) / 1e9;
  }

  /** What was done with the organizations that a failure names, and with all. */
  private List<String> toldAbout(Throwable failure) {
    String message = failure.getMessage() + failure.getCause();
    Pattern id = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    return told.stream()
        .filter(
            line -> id.matcher(line).results().allMatch(found -> message.contains(found.group())))
        .toList();
  }

  static LongStream seeds() {
    Long one = Long.getLong("seed");
    if (one != null) {
      return LongStream.of(one);
    }
    String seeds = System.getProperty("seeds", "1");
    int dash = seeds.indexOf('-');
    long first = dash < 0 ? 1 : Long.parseLong(seeds.substring(0, dash));
    return LongStream.rangeClosed(first, Long.parseLong(seeds.substring(dash + 1)));
  }

  private void play(Random chance, int organizations, int days) {
    List<PlanActor> actors =
        IntStream.range(0, organizations)
            .mapToObj(number -> new PlanActor(number, founded(), this, chance))
            .toList();
    for (int day = 1; day <= days; day++) {
      spend("living", () -> actors.forEach(PlanActor::lives));
      if (day % DAYS_BETWEEN_CHECKS == 0 || day == days) {
        settles();
        int soFar = day;
        spend("comparing", () -> addsUp(actors, soFar));
        tellProgress(day, days);
      } else {
        process.diesIn(PART_OF_REQUESTS_IN_WHICH_IT_DIES);
        somethingGoesWrong(chance);
        theEveningComes(actors);
        aDayPasses(chance);
      }
    }
    actors.forEach(PlanActor::retires);
    settles();
    addsUp(actors, days);
  }

  // How far a long run is, for people.
  @SuppressWarnings("SystemOut")
  private void tellProgress(int day, int days) {
    System.out.printf(
        Locale.ROOT,
        "plans: day %d of %d adds up, %.1f s %s%n",
        day,
        days,
        secondsSinceBegin(),
        secondsSpent.entrySet().stream()
            .map(part -> "%s %.0f".formatted(part.getKey(), part.getValue()))
            .toList());
  }

  /** Where the time of a long run goes, for people. */
  private void spend(String part, Runnable what) {
    long start = System.nanoTime();
    what.run();
    secondsSpent.merge(part, (System.nanoTime() - start) / 1e9, Double::sum);
  }

  /** Whatever comes later without anybody's doing, such as the fee of a charge, is waited for. */
  private void addsUp(List<PlanActor> actors, int days) {
    await()
        .atMost(EVENTUALLY.plus(MAX_LOOK_TIME.multipliedBy((long) actors.size() * days)))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> {
          StripeBooks books = StripeBooks.read(stripe);
          Map<UUID, List<SubscriptionEvent>> told =
              events.all(SubscriptionEvent.class).stream()
                  .collect(Collectors.groupingBy(SubscriptionEvent::organizationId));
          Map<UUID, List<EntitlementsChanged>> entitled =
              events.all(EntitlementsChanged.class).stream()
                  .collect(Collectors.groupingBy(EntitlementsChanged::organizationId));
          SoftAssertions all = new SoftAssertions();
          for (PlanActor actor : actors) {
            Founded founded = actor.founded();
            UUID id = founded.id();
            List<SubscriptionEvent> events = told.getOrDefault(id, List.of());
            all.check(
                new PlanBooks(this, founded, books, entitled.getOrDefault(id, List.of()), events));
            all.check(new ToldOfPlan(this, founded, books, events));
          }
          all.check(new MoneyOfPlans(this, books));
          all.assertAll();
        });
  }

  /** How often a process has died so far. */
  int deaths() {
    return process.deaths();
  }

  /** Notes what was done, for whoever repeats it. */
  void tell(String what) {
    told.add(clock.instant() + " " + what);
  }

  private void somethingGoesWrong(Random chance) {
    if (chance.nextInt(10) == 0) {
      Map<String, Object> fault = WEBHOOKS.get(chance.nextInt(WEBHOOKS.size()));
      tell("webhooks " + fault);
      stripe.setWebhookFaults(fault);
    }
    if (chance.nextInt(10) == 0) {
      String path = REQUESTS.get(chance.nextInt(REQUESTS.size()));
      boolean isStored = chance.nextBoolean();
      tell((isStored ? "Stripe fails at " : "answers are lost of ") + path);
      if (isStored) {
        stripe.storeFailures("POST", path, 1);
      } else {
        stripe.loseAnswers("POST", path, 3);
      }
    }
  }

  /** Soon enough for Stripe to know what it was asked in the morning. */
  private void theEveningComes(List<PlanActor> actors) {
    List<PlanActor> awake = actors.stream().filter(PlanActor::isAwake).toList();
    if (!awake.isEmpty()) {
      clocksReach(clock.instant().plus(UNTIL_EVENING));
      awake.forEach(PlanActor::goesToBed);
      work();
    }
  }

  private void aDayPasses(Random chance) {
    clocksReach(clock.instant().plus(DAY));
    if (chance.nextInt(4) > 0) {
      everythingIsTriedAgain();
      awaitQuiet("AND next_attempt_at <= now()");
    }
    work();
  }

  private void clocksReach(Instant instant) {
    spend("clock", () -> stripe.setClock(instant));
    clock.set(instant);
  }

  /** All that is due is done; a process that dies is started again the next day. */
  private void work() {
    spend("jobs", this::doWhatIsDue);
  }

  private void doWhatIsDue() {
    List<IntSupplier> jobs =
        List.of(
            tellTrialEnds::handle,
            followCardExpiry::handle,
            chargeReplacedCards::handle,
            ask::handle,
            askAboutChanges::handle,
            voidInvoices::handle,
            () -> {
              listMissedEvents.handle();
              return 0;
            });
    for (IntSupplier job : jobs) {
      try {
        while (job.getAsInt() > 0) {
          // The next batch.
        }
      } catch (DyingProcess.Died died) {
        tell(died.toString());
      }
    }
  }

  /** Nothing goes wrong any more, and what is left of before is caught up with. */
  private void settles() {
    process.diesIn(0);
    stripe.heal();
    for (int round = 0; round < SETTLING_ROUNDS; round++) {
      clocksReach(clock.instant().plus(UNTIL_EVENING));
      everythingIsTriedAgain();
      awaitQuiet("");
      work();
      awaitQuiet("");
    }
  }

  /** What has failed, or was left by the dead, is tried again in a minute: hours have passed. */
  private void everythingIsTriedAgain() {
    jdbc.sql("UPDATE stripe_event SET next_attempt_at = now() WHERE status = 'received'").update();
  }

  /** Waits until everything was posted and applied. */
  private void awaitQuiet(String andDue) {
    spend(
        "webhooks",
        () ->
            await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(30))
                .until(() -> isQuiet(andDue)));
  }

  private boolean isQuiet(String andDue) {
    return stripe.pendingDeliveries() == 0
        && count("SELECT count(*) FROM stripe_event WHERE status = 'received' " + andDue) == 0;
  }

  boolean isCustomer(Founded founded) {
    return jdbc.sql(
                """
                SELECT count(*) FROM organization_customer
                WHERE organization_id = :id AND stripe_customer_id IS NOT NULL
                """)
            .param("id", founded.id())
            .query(Long.class)
            .single()
        == 1;
  }

  /** It has saved a card of which the bank wants each payment authenticated. */
  void hasCardToAuthenticate(Founded founded) {
    withCardToAuthenticate.add(founded.id());
  }

  /** Whether it ever had one. */
  boolean hasHadCardToAuthenticate(Founded founded) {
    return withCardToAuthenticate.contains(founded.id());
  }

  PlanRows rows() {
    return new PlanRows(jdbc, clock);
  }

  /** Stripe's id of the price of a plan. */
  String price(String planId) {
    return Objects.requireNonNull(prices.get(planId));
  }

  String planOf(String priceId) {
    return prices.entrySet().stream()
        .filter(price -> price.getValue().equals(priceId))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
