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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Twenty requests a second, reads and registrations, of which each must get a good answer: at once,
 * or after a 503 that says that it may be repeated.
 */
final class Traffic implements AutoCloseable {

  private static final int REQUESTS_PER_SECOND = 20;
  private static final int PLACES = 5_000;
  private static final Wait PATIENCE = Wait.atMost(Duration.ofSeconds(30));

  private final List<Function<String, Answer>> calls;
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger good = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();
  private final ScheduledExecutorService door = Executors.newSingleThreadScheduledExecutor();

  private Traffic(List<Function<String, Answer>> calls) {
    this.calls = calls;
  }

  /** Begins at this gateway, with people and an event of its own. */
  static Traffic beginAt(String gatewayUrl, World world) {
    Organization organization = world.anOrganization();
    PublishedEvent event = organization.publishes(PLACES, 0);
    PublishedEvent sold = organization.publishes(1, 25_00);
    Person buyer = world.somebody("Rita Roller");
    UUID payment = buyer.registersFor(sold, 1).isPaid().becomes("confirmed").payment().id();
    Api gateway = Api.at(gatewayUrl);
    Api owner = gateway.bearing(organization.owner().token());
    Api person = gateway.bearing(buyer.token());
    Traffic traffic =
        new Traffic(
            List.of(
                _ -> gateway.get("/api/v1/events"),
                _ -> person.get("/api/v1/me"),
                _ -> person.get("/api/v1/registrations"),
                _ -> person.get("/api/v1/payments/" + payment),
                _ -> owner.get(organization.path() + "/balance"),
                _ -> owner.get(organization.path() + "/mails"),
                key ->
                    person
                        .with("Idempotency-Key", key)
                        .post(event.registrationsPath(), Order.of(buyer, event, 1))));
    var _ =
        traffic.door.scheduleAtFixedRate(
            traffic::next, 0, 1_000 / REQUESTS_PER_SECOND, TimeUnit.MILLISECONDS);
    return traffic;
  }

  /** Ends it, and says how it went. */
  @SuppressWarnings("SystemOut") // What it took, for whoever looks at the run.
  void endsWell() {
    close();
    PATIENCE.until("all are answered", () -> good.get() + complaints.size() == asked.get());
    System.out.printf(
        "rolling restart: %d good answers, of which %d after a 503%n", good.get(), repeated.get());
    assertThat(complaints).isEmpty();
    assertThat(good.get()).isGreaterThan(REQUESTS_PER_SECOND * 5);
  }

  @Override
  public void close() {
    door.shutdownNow();
  }

  private void next() {
    Function<String, Answer> call = calls.get(asked.getAndIncrement() % calls.size());
    Thread.startVirtualThread(() -> ask(call));
  }

  private void ask(Function<String, Answer> call) {
    String key = UUID.randomUUID().toString();
    try {
      Answer answer = call.apply(key);
      if (answer.status() == 503 && answer.header("Retry-After").isPresent()) {
        repeated.incrementAndGet();
        answer =
            PATIENCE
                .find(() -> Optional.of(call.apply(key)).filter(each -> each.status() != 503))
                .orElseThrow();
      }
      if (answer.isSuccess()) {
        good.incrementAndGet();
      } else {
        complaints.add(answer.question() + " " + answer.status() + " " + answer.body());
      }
    } catch (RuntimeException e) {
      complaints.add(e + " " + e.getCause());
    }
  }
}
