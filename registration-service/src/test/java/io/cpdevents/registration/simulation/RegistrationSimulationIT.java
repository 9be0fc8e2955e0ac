package io.cpdevents.registration.simulation;

import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.registration.simulation.Play.Habit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/**
 * Whatever buyers, organizers, staff, banks and jobs do, in whatever order, and wherever processes
 * die meanwhile: every place has one owner, who waits is served in turn, each refund is asked for
 * once, each thing is told once, and nothing is refused without a reason.
 *
 * <p>Every build plays one seed until 150 registrations were made. {@code -Dregistrations=5000}
 * plays longer, {@code -Dseeds=20} or {@code -Dseeds=21-40} those seeds, {@code -Dseed=17} one
 * again.
 */
@CpdIntegrationTest
class RegistrationSimulationIT {

  private static final int SMALL = 150;
  private static final int ACCOUNTS = 14;
  private static final int ORGANIZATIONS = 3;
  private static final int EVENTS_AT_FIRST = 4;
  private static final int STEPS_BETWEEN_CHECKS = 50;
  private static final int MAX_LINES_OF_A_FAILURE = 60;
  private static final Duration MAX_TELLING_TIME = Duration.ofSeconds(20);
  private static final Duration POLLING_INTERVAL = Duration.ofMillis(200);

  /** Longer than a hold for a bank, so that whatever is open has ended. */
  private static final Duration UNTIL_ALL_IS_OVER = Duration.ofDays(6);

  @Autowired ApplicationContext service;
  @Autowired MutableClock clock;
  @Autowired Scheduler scheduler;
  @Autowired RecordedEvents recorded;
  @Autowired KafkaListenerEndpointRegistry listeners;

  private Instant began = Instant.EPOCH;

  /** The simulation says when a job runs. */
  @BeforeEach
  void jobs_wait() {
    began = clock.instant();
    scheduler.pause();
    await().pollDelay(POLLING_INTERVAL.multipliedBy(2)).until(() -> true);
  }

  @AfterEach
  void jobs_run_again() {
    clock.set(began);
    scheduler.resume();
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

  // How much has happened, for people.
  @SuppressWarnings("SystemOut")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everybody_gets_what_is_theirs(long seed) {
    int registrations = Integer.getInteger("registrations", SMALL);
    Play play = new Play(new Random(seed), service);
    long start = System.nanoTime();
    try {
      play(play, registrations);
      System.out.printf(
          Locale.ROOT,
          "registrations: seed %d adds up, %.1f s %s%n",
          seed,
          (System.nanoTime() - start) / 1e9,
          play.counts());
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed %d, which -Dregistrations=%d -Dseed=%d repeats: %s%n  %s"
              .formatted(
                  seed,
                  registrations,
                  seed,
                  e.getMessage(),
                  String.join(System.lineSeparator() + "  ", toldAbout(play, e))),
          e);
    }
  }

  /** What was done with what a failure names, and what was done last. */
  private static List<String> toldAbout(Play play, Throwable failure) {
    Pattern id = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    List<String> named =
        id.matcher(String.valueOf(failure.getMessage()))
            .results()
            .map(found -> found.group())
            .distinct()
            .limit(3)
            .toList();
    List<String> about =
        play.log().stream().filter(line -> named.stream().anyMatch(line::contains)).toList();
    int last = play.log().size();
    return Stream.of(
            about.subList(Math.max(0, about.size() - MAX_LINES_OF_A_FAILURE), about.size()),
            List.of("…"),
            play.log().subList(Math.max(0, last - 10), last))
        .flatMap(List::stream)
        .toList();
  }

  private void play(Play play, int registrations) {
    Checks checks = new Checks(play, recorded);
    Banks banks = new Banks(play, new Deliveries(listeners));
    Organizers organizers = new Organizers(play, banks);
    Buyers buyers = new Buyers(play);
    Jobs jobs = new Jobs(play, buyers);
    for (int account = 0; account < ACCOUNTS; account++) {
      play.accounts.add(Ids.next());
    }
    for (int organization = 0; organization < ORGANIZATIONS; organization++) {
      organizers.founds();
    }
    while (play.events.size() < EVENTS_AT_FIRST) {
      organizers.publishes();
    }
    List<Habit> habits =
        Stream.of(
                buyers.habits(),
                organizers.habits(),
                banks.habits(),
                new Doorkeepers(play).habits(),
                jobs.habits())
            .flatMap(List::stream)
            .toList();
    for (int step = 1; play.registrations.size() < registrations; step++) {
      passes(play);
      any(play, habits).act().run();
      if (step % STEPS_BETWEEN_CHECKS == 0) {
        requireNothingIn(checks.ofRows());
      }
    }
    settles(play, banks, jobs);
    requireNothingIn(checks.ofRows());
    await()
        .atMost(MAX_TELLING_TIME)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLLING_INTERVAL)
        .untilAsserted(() -> requireNothingIn(checks.ofFacts()));
  }

  private static void passes(Play play) {
    int kind = play.chance.nextInt(200);
    if (kind == 0) {
      play.passes(Duration.ofHours(play.between(4, 30)));
    } else if (kind < 4) {
      play.passes(Duration.ofMinutes(play.between(10, 180)));
    } else {
      play.passes(Duration.ofSeconds(play.between(1, 180)));
    }
  }

  private static Habit any(Play play, List<Habit> habits) {
    int all = habits.stream().mapToInt(Habit::weight).sum();
    int left = play.chance.nextInt(all);
    for (Habit habit : habits) {
      left -= habit.weight();
      if (left < 0) {
        return habit;
      }
    }
    throw new IllegalStateException();
  }

  /** Nobody dies or wants anything any more, and whatever is open ends. */
  private static void settles(Play play, Banks banks, Jobs jobs) {
    play.settles();
    banks.allArrives();
    play.passes(UNTIL_ALL_IS_OVER);
    for (int round = 0; round < 3; round++) {
      jobs.holdsEnd();
      jobs.offersEnd();
      jobs.waitingEnds();
      play.events.values().stream()
          .filter(event -> event.isCancelled() && !event.cancellationDone)
          .forEach(jobs::cancelsAll);
      jobs.watchesUsage();
    }
    jobs.tellsAllMoves();
  }

  private static void requireNothingIn(List<String> wrong) {
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          "%d things are wrong: %s"
              .formatted(
                  wrong.size(),
                  String.join(System.lineSeparator() + "    ", wrong.stream().limit(10).toList())));
    }
  }
}
