package io.cpdevents.sandbox.testclocks;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/test_helpers/test_clocks}. The sandbox has one clock, which ticks: to advance a test
 * clock moves it for everybody, by as much.
 */
@Component
class TestClockRoutes implements StripeRoutes {
  private static final String PATH = "/v1/test_helpers/test_clocks";
  private static final String FROZEN_TIME = "frozen_time";
  private static final Duration LIFE_TIME = Duration.ofDays(30);

  /** Stripe advances no further at once than two intervals of a price; one that is yearly here. */
  private static final long MAX_ADVANCE_SECONDS = Duration.ofDays(731).toSeconds();

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final Events events;
  private final SandboxClock clock;
  private final AdvanceTestClock advanceTestClock;

  TestClockRoutes(
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      Events events,
      SandboxClock clock,
      AdvanceTestClock advanceTestClock) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.events = events;
    this.clock = clock;
    this.advanceTestClock = advanceTestClock;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PATH, this::create),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show),
        StripeRoute.post(PATH + "/{id}/advance", this::advance));
  }

  private ObjectNode create(StripeRequest request) {
    Params params = request.params();
    long now = clock.epochSecond();
    StripeObject made =
        StripeObject.shaped(request.account(), AdvanceTestClock.KIND, StripeIds.next("clock"), now);
    made.body().put(FROZEN_TIME, params.requiredInteger(FROZEN_TIME));
    made.body().put("name", params.text("name"));
    made.body().put("deletes_after", now + LIFE_TIME.toSeconds());
    params.refuseOthers();
    objects.add(made);
    events.record("test_helpers.test_clock.created", made);
    return views.show(made);
  }

  private ObjectNode advance(StripeRequest request) {
    long target = request.params().requiredInteger(FROZEN_TIME);
    request.params().refuseOthers();
    StripeObject found =
        objects
            .lock(AdvanceTestClock.KIND, request.id())
            .filter(locked -> locked.account().equals(request.account()))
            .orElseThrow(() -> noSuch(request));
    long seconds = target - found.number(FROZEN_TIME);
    if (seconds <= 0 || seconds > MAX_ADVANCE_SECONDS) {
      throw StripeRefusal.invalid(
          null,
          FROZEN_TIME,
          "A test clock advances to a later time, by %d seconds at most."
              .formatted(MAX_ADVANCE_SECONDS));
    }
    if (!found.is("status", AdvanceTestClock.READY)) {
      throw StripeRefusal.wrongState(
          null, null, "Test clock advancement underway - cannot perform modifications.");
    }
    ObjectNode before = found.body().deepCopy();
    found.body().put(FROZEN_TIME, target);
    found.body().put("status", "advancing");
    found
        .body()
        .withObjectProperty("status_details")
        .putObject("advancing")
        .put("target_frozen_time", target);
    objects.save(found);
    events.recordChange("test_helpers.test_clock.advancing", found, before);
    advanceTestClock.afterCommit(found.id(), seconds);
    return views.show(found);
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return objects
        .find(request.account(), AdvanceTestClock.KIND, request.id())
        .map(views::show)
        .orElseThrow(() -> noSuch(request));
  }

  private static StripeRefusal noSuch(StripeRequest request) {
    return StripeRefusal.noSuch("testclock", request.id(), "id");
  }

  private ObjectNode list(StripeRequest request) {
    return lists.answer(request, PATH, ObjectQuery.of(request.account(), AdvanceTestClock.KIND));
  }
}
