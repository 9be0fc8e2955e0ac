package io.cpdevents.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.e2e.TestPlatform;
import io.cpdevents.e2e.chaos.Neighbour.Asked;
import io.cpdevents.local.Component;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Crowds that want to keep others out, at a platform with the limits of production. Their short
 * forms are part of every build: the gateway's {@code SlowCallersIT}, accounts-service's {@code
 * SessionsIT}, registration-service's tests of holds.
 */
@Tag("chaos")
@EnabledOnOs(OS.LINUX)
class CrowdsAtTheDoorIT {

  private static final String ATTACKER = "127.0.0.66";
  private static final String ELSEWHERE = "127.0.0.77";
  private static final String THIS_MACHINE = "127.0.0.1";

  private static final Duration ATTACK_TIME = Duration.ofSeconds(25);
  private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(1);

  /**
   * What a machine that is busy with other things is forgiven: so much longer than a log-in at
   * accounts-service itself, just before and just after.
   */
  private static final int MAX_TIMES_SLOWER = 4;

  private static final int ROUNDS_BEFORE = 8;
  private static final Duration ROUND_INTERVAL = Duration.ofSeconds(1);

  private static final String LOG_IN =
      "POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  private static final SlowCallers.Kind SLOW_LOG_INS =
      new SlowCallers.Kind(
          258, ATTACKER, LOG_IN + "Content-Length: 64\r\n\r\n{", Duration.ofSeconds(5));
  private static final SlowCallers.Kind SLOW_HEADERS =
      new SlowCallers.Kind(1_205, ATTACKER, LOG_IN + "X-Slow: ", Duration.ofSeconds(1));

  private static final int POLLS_PER_SECOND = 20;
  private static final int GUESSING_ADDRESSES = 15;
  private static final int GUESSES_OF_ADDRESS = 10;
  private static final int PLACES = 19;
  private static final Map<String, Object> HOLD_LIMITS =
      Map.of("maxPerAccount", 3, "maxShareBasisPoints", 5_000, "repeatedMinutes", 15);

  private static final TestPlatform PLATFORM =
      TestPlatform.start(
          "door",
          Map.of(
              "CPD_RATE_LIMITS",
              "production",
              // All people of these tests sign up from one address.
              "CPD_ACCOUNTS_LIMITS_ALLOWANCES_SIGNUPADDRESS_MAXATTEMPTS",
              "200"));

  private static final int ACCOUNTS_PORT =
      URI.create(PLATFORM.platform().urlOf(Component.ACCOUNTS)).getPort();

  private final World world = PLATFORM.world();
  private final String gateway = world.address().gatewayUrl();

  @Test
  void log_ins_that_send_a_byte_every_five_seconds_keep_nobody_out() {
    Neighbour neighbour = new Neighbour(world, ACCOUNTS_PORT);
    List<Asked> before = before(neighbour);
    try (SlowCallers crowd = SlowCallers.at(gateway, SLOW_LOG_INS)) {
      assertThatOthersAreServed("258 slow log-ins", neighbour, before, List.of(crowd));
    }
  }

  @Test
  void headers_that_trickle_keep_nobody_out() {
    Neighbour neighbour = new Neighbour(world, ACCOUNTS_PORT);
    List<Asked> before = before(neighbour);
    try (SlowCallers crowd = SlowCallers.at(gateway, SLOW_HEADERS)) {
      assertThatOthersAreServed("1,205 slow headers", neighbour, before, List.of(crowd));
    }
  }

  @Test
  void headers_that_trickle_from_many_addresses_keep_nobody_out() {
    Neighbour neighbour = new Neighbour(world, ACCOUNTS_PORT);
    List<Asked> before = before(neighbour);
    List<SlowCallers> crowds =
        IntStream.range(0, 4)
            .mapToObj(i ->
                SlowCallers.at(
                    gateway,
                    new SlowCallers.Kind(
                        500, "127.0.1." + (i + 1), SLOW_HEADERS.begin(), SLOW_HEADERS.every())))
            .toList();
    try {
      assertThatOthersAreServed("2,000 slow headers of 4 addresses", neighbour, before, crowds);
    } finally {
      crowds.forEach(SlowCallers::close);
    }
  }

  /** More than the gateway serves at a time, and each address more than its share. */
  @Test
  void slow_log_ins_from_two_addresses_that_want_all_places_keep_nobody_out() {
    assertThatCrowdsKeepNobodyOut("1,240 slow log-ins of 2 addresses", SLOW_LOG_INS.begin());
  }

  @Test
  void bodies_that_nobody_wants_from_two_addresses_keep_nobody_out() {
    assertThatCrowdsKeepNobodyOut(
        "1,240 bodies of OPTIONS * of 2 addresses",
        "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30000000\r\n\r\n{");
  }

  @Test
  void trailers_that_trickle_from_two_addresses_keep_nobody_out() {
    assertThatCrowdsKeepNobodyOut(
        "1,240 slow trailers of 2 addresses",
        LOG_IN + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-T: ");
  }

  private void assertThatCrowdsKeepNobodyOut(String attack, String begin) {
    Neighbour neighbour = new Neighbour(world, ACCOUNTS_PORT);
    List<Asked> before = before(neighbour);
    List<SlowCallers> crowds =
        Stream.of(ATTACKER, "127.0.0.67")
            .map(address ->
                SlowCallers.at(
                    gateway, new SlowCallers.Kind(620, address, begin, Duration.ofSeconds(1))))
            .toList();
    try {
      assertThatOthersAreServed(attack, neighbour, before, crowds);
    } finally {
      crowds.forEach(SlowCallers::close);
    }
  }

  @Test
  void all_of_it_and_a_session_that_waits_for_what_is_not_its_own_keep_nobody_out() {
    Neighbour neighbour = new Neighbour(world, ACCOUNTS_PORT);
    Person mallory = world.somebody("Mallory Waits");
    List<Asked> before = before(neighbour);
    Queue<Asked> polls = new ConcurrentLinkedQueue<>();
    try (SlowCallers logIns = SlowCallers.at(gateway, SLOW_LOG_INS);
        SlowCallers headers = SlowCallers.at(gateway, SLOW_HEADERS);
        ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor()) {
      var _ =
          poller.scheduleAtFixedRate(
              () ->
                  Thread.startVirtualThread(() ->
                      polls.add(
                          neighbour.asks(
                              "127.0.0.67",
                              "GET",
                              "/api/v1/payments?waitSeconds=10&registrationId=" + UUID.randomUUID(),
                              "Authorization: Bearer " + mallory.token() + "\r\n",
                              ""))),
              0,
              1000 / POLLS_PER_SECOND,
              TimeUnit.MILLISECONDS);
      assertThatOthersAreServed("all of it at once", neighbour, before, List.of(logIns, headers));
      poller.shutdownNow();
    }
    assertThat(polls).filteredOn(poll -> poll.status() >= 500).isEmpty();
  }

  @Test
  void guesses_at_one_account_from_many_addresses_end_and_its_owner_gets_in() {
    Neighbour owner = new Neighbour(world, ACCOUNTS_PORT);
    assertThat(owner.usesThePlatform(ELSEWHERE)).allMatch(Asked::isGood);
    List<Asked> guesses = new ArrayList<>();
    List<Asked> ownersOwn = new ArrayList<>();
    for (int i = 0; i < GUESSES_OF_ADDRESS; i++) {
      String password = "a guess of many words " + i;
      IntStream.rangeClosed(1, GUESSING_ADDRESSES)
          .mapToObj(address -> owner.logsIn("127.0.2." + address, password))
          .forEach(guesses::add);
      ownersOwn.addAll(owner.usesThePlatform(ELSEWHERE));
    }

    tell("guesses of 15 addresses", ownersOwn);
    assertThat(guesses).filteredOn(guess -> guess.status() == 401).hasSizeLessThanOrEqualTo(100);
    assertThat(guesses).extracting(Asked::status).containsOnly(401, 429);
    assertThat(ownersOwn).allMatch(Asked::isGood);
    assertThat(world.mailbox().awaitMail(owner.email(), "Somebody tries to log in").text())
        .isNotBlank();
  }

  @Test
  void who_holds_everything_again_and_again_leaves_places_for_others() {
    // With the limits that an event has when its organization says nothing.
    PublishedEvent event =
        EventDraft.of(world.anOrganization(), PLACES)
            .with("holdLimits", HOLD_LIMITS)
            .publishedAt(40_00);
    Person mallory = world.somebody("Mallory Holds");
    Person buyer = world.somebody("Bea Buyer");
    List<String> outcomes = new ArrayList<>();

    for (int round = 0; round < 5; round++) {
      for (int tickets = Math.min(10, PLACES); tickets > 0; tickets--) {
        Answer answer = mallory.triesToRegisterFor(event, tickets);
        outcomes.add(answer.outcome());
        if (answer.isSuccess()) {
          mallory.registration(answer);
        }
      }
    }

    tell(
        "holds of one account: %s, %d of %d places left"
            .formatted(
                outcomes.stream()
                    .collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting())),
                event.placesLeft(),
                PLACES));
    assertThat(event.placesLeft()).as("places that others can have").isPositive();
    buyer.registersFor(event, 1).isPaid().becomes("confirmed");
  }

  private List<Asked> before(Neighbour neighbour) {
    List<Asked> before = new ArrayList<>();
    for (int i = 0; i < ROUNDS_BEFORE; i++) {
      before.addAll(neighbour.usesThePlatform(ELSEWHERE));
    }
    assertThat(before).allMatch(Asked::isGood);
    return before;
  }

  private void assertThatOthersAreServed(
      String attack, Neighbour neighbour, List<Asked> before, List<SlowCallers> crowds) {
    List<Asked> same = new ArrayList<>();
    List<Asked> elsewhere = new ArrayList<>();
    List<Asked> probes = new ArrayList<>();
    List<Asked> controls = new ArrayList<>();
    List<String> tooLate = new ArrayList<>();
    controls.add(neighbour.logsInPastTheGateway());
    long endNanos = System.nanoTime() + ATTACK_TIME.toNanos();
    while (System.nanoTime() < endNanos) {
      long nextNanos = System.nanoTime() + ROUND_INTERVAL.toNanos();
      List<Asked> ofRound = new ArrayList<>(neighbour.usesThePlatform(ATTACKER));
      same.addAll(ofRound);
      elsewhere.addAll(neighbour.usesThePlatform(ELSEWHERE));
      ofRound.addAll(elsewhere.subList(elsewhere.size() - 2, elsewhere.size()));
      controls.add(neighbour.logsInPastTheGateway());
      Duration bound = boundOf(controls.subList(controls.size() - 2, controls.size()));
      ofRound.stream()
          .filter(asked -> asked.took().compareTo(bound) > 0)
          .forEach(asked -> tooLate.add("%s, more than %s".formatted(asked, bound)));
      for (String probe : List.of("liveness", "readiness")) {
        probes.add(neighbour.asks(THIS_MACHINE, "GET", "/actuator/health/" + probe, "", ""));
      }
      waitUntil(nextNanos);
    }

    tell(attack + ": before", before);
    tell(attack + ": same address", same);
    tell(attack + ": elsewhere", elsewhere);
    tell(attack + ": past the gateway", controls);
    tell(
        "%s: %d connections of the crowd, thrown out %d times"
            .formatted(
                attack,
                crowds.stream().mapToInt(SlowCallers::open).sum(),
                crowds.stream().mapToInt(SlowCallers::thrownOut).sum()));
    assertThat(controls).allMatch(Asked::isGood);
    assertThat(Stream.concat(same.stream(), elsewhere.stream())).allMatch(Asked::isGood);
    assertThat(tooLate).isEmpty();
    assertThat(probes).as("everybody is served, and that is what is told").allMatch(Asked::isGood);
    assertThat(crowds).allSatisfy(crowd -> assertThat(crowd.thrownOut()).isPositive());
  }

  private static void waitUntil(long nanos) {
    try {
      Thread.sleep(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration boundOf(List<Asked> controls) {
    Duration slowest =
        controls.stream().map(Asked::took).max(Comparator.naturalOrder()).orElseThrow();
    return Stream.of(MAX_ANSWER_TIME, slowest.multipliedBy(MAX_TIMES_SLOWER))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static void tell(String what, List<Asked> asked) {
    Map<String, List<Asked>> byMethod =
        asked.stream().collect(Collectors.groupingBy(each -> each.what().split(" ", 2)[0]));
    byMethod.forEach((method, each) -> {
      List<Duration> times = each.stream().map(Asked::took).sorted().toList();
      tell(
          String.format(
              Locale.ROOT,
              "%-45s %-4s %3d of %3d good, median %5d ms, slowest %5d ms",
              what,
              method,
              each.stream().filter(Asked::isGood).count(),
              each.size(),
              times.get(times.size() / 2).toMillis(),
              times.getLast().toMillis()));
    });
  }

  // The figures of a run are read by people.
  @SuppressWarnings("SystemOut")
  private static void tell(String figure) {
    System.out.println("chaos: " + figure);
  }
}
