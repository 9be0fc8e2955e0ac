package io.cpdevents.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Order;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import io.cpdevents.e2e.TestPlatform;
import io.cpdevents.local.Component;
import io.cpdevents.local.LocalPlatform;
import io.cpdevents.platform.test.servers.FreePort;
import io.cpdevents.platform.test.servers.SupervisedProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Each service is restarted, one after the other and one instance after the other, while 20
 * requests a second come in: there is no answer but a good one, or a 503 that may be repeated and
 * then is a good one.
 */
@Tag("chaos")
@EnabledOnOs(OS.LINUX)
class RollingRestartIT {

  private static final int REQUESTS_PER_SECOND = 20;
  private static final Duration DRAIN_TIME = Duration.ofSeconds(2);
  private static final Duration MAX_START_TIME = Duration.ofMinutes(2);
  private static final Wait PATIENCE = Wait.atMost(Duration.ofSeconds(30));
  private static final int PLACES = 20_000;

  private static final List<Component> SERVICES =
      List.of(
          Component.ACCOUNTS,
          Component.REGISTRATION,
          Component.BILLING,
          Component.PAYOUT,
          Component.NOTIFICATION,
          Component.GATEWAY);

  private final Map<Component, Balancer> balancers = new EnumMap<>(Component.class);
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final AtomicInteger good = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();

  @Test
  @SuppressWarnings("SystemOut") // What it took, for whoever looks at the run.
  void nobody_notices_that_every_service_is_restarted() throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("CPD_DRAIN_TIME", DRAIN_TIME.toSeconds() + "s");
    for (Component service : SERVICES) {
      Balancer balancer = new Balancer();
      balancers.put(service, balancer);
      if (service != Component.GATEWAY) {
        settings.put("CPD_" + service.name() + "_URL", balancer.url());
      }
    }
    TestPlatform started = TestPlatform.start("rolling", settings);
    LocalPlatform platform = started.platform();
    SERVICES.forEach(service -> {
      int port = platform.options().ports().of(service);
      balancer(service).add(port);
      balancer(service).awaitReady(port);
    });
    List<Function<String, Answer>> calls = calls(started.world());

    try (ScheduledExecutorService door = Executors.newSingleThreadScheduledExecutor()) {
      AtomicInteger next = new AtomicInteger();
      var _ =
          door.scheduleAtFixedRate(
              () -> {
                Function<String, Answer> call = calls.get(next.getAndIncrement() % calls.size());
                underWay.incrementAndGet();
                Thread.startVirtualThread(() -> ask(call));
              },
              0,
              1_000 / REQUESTS_PER_SECOND,
              TimeUnit.MILLISECONDS);
      for (Component service : SERVICES) {
        roll(platform, service);
      }
      door.shutdownNow();
    }

    PATIENCE.until("all are answered", () -> underWay.get() == 0);
    System.out.printf(
        "rolling restart: %d good answers, of which %d after a 503%n", good.get(), repeated.get());
    assertThat(complaints).isEmpty();
    assertThat(good.get()).isGreaterThan(REQUESTS_PER_SECOND * 60);
    started.world().invariants().hold();
    platform.close();
    balancers.values().forEach(Balancer::close);
  }

  /** There are two, then the first one is restarted, then the second one ends. */
  private void roll(LocalPlatform platform, Component service) throws IOException {
    int first = platform.options().ports().of(service);
    int second = FreePort.any();
    balancer(service).add(second);
    try (SupervisedProcess _ = SecondInstance.start(platform, service, second)) {
      balancer(service).awaitReady(second);
      platform.stop(service);
      platform.startAgain(service);
      assertThat(platform.awaitUp(service, MAX_START_TIME)).as(service + " is up").isTrue();
      balancer(service).awaitReady(first);
    }
  }

  private Balancer balancer(Component service) {
    return Objects.requireNonNull(balancers.get(service));
  }

  private List<Function<String, Answer>> calls(World world) {
    Organization organization = world.anOrganization();
    PublishedEvent event = organization.publishes(PLACES, 0);
    PublishedEvent sold = organization.publishes(5, 25_00);
    Person buyer = world.somebody("Rita Roller");
    UUID payment = buyer.registersFor(sold, 1).isPaid().becomes("confirmed").payment().id();
    Api gateway = Api.at(balancer(Component.GATEWAY).url());
    Api owner = gateway.bearing(organization.owner().token());
    Api person = gateway.bearing(buyer.token());
    List<Function<String, Answer>> calls = new ArrayList<>();
    calls.add(_ -> gateway.get("/api/v1/events"));
    calls.add(_ -> person.get("/api/v1/me"));
    calls.add(_ -> person.get("/api/v1/registrations"));
    calls.add(_ -> person.get("/api/v1/payments/" + payment));
    calls.add(_ -> owner.get(organization.path() + "/balance"));
    calls.add(_ -> owner.get(organization.path() + "/mails"));
    calls.add(key ->
        person
            .with("Idempotency-Key", key)
            .post(event.registrationsPath(), Order.of(buyer, event, 1)));
    return calls;
  }

  /** Sends it again, as the answer says, and then it is a good one. */
  private void ask(Function<String, Answer> call) {
    String key = UUID.randomUUID().toString();
    try {
      Answer answer = call.apply(key);
      boolean wasBusy = answer.status() == 503;
      if (wasBusy) {
        if (answer.header("Retry-After").isEmpty()) {
          complaints.add(answer.question() + " 503 that says nothing: " + answer.body());
        }
        answer =
            PATIENCE
                .find(() -> Optional.of(call.apply(key)).filter(each -> each.status() != 503))
                .orElseThrow();
        repeated.incrementAndGet();
      }
      if (answer.isSuccess()) {
        good.incrementAndGet();
      } else {
        complaints.add(answer.question() + " " + answer.status() + " " + answer.body());
      }
    } catch (RuntimeException e) {
      complaints.add(e + " " + e.getCause());
    } finally {
      underWay.decrementAndGet();
    }
  }
}
