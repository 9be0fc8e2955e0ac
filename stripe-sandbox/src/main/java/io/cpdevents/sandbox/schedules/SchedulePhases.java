package io.cpdevents.sandbox.schedules;

import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.Shapes;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The phases of a schedule, each with one price, without gaps between them. */
@Component
class SchedulePhases {
  private static final int MAX_PHASES = 10;
  private static final String START = "start_date";
  private static final String END = "end_date";

  private final StripeObjects objects;
  private final SandboxClock clock;

  SchedulePhases(StripeObjects objects, SandboxClock clock) {
    this.objects = objects;
    this.clock = clock;
  }

  /** The one phase of a new schedule: the current period of its subscription. */
  static ObjectNode current(StripeObject subscription) {
    JsonNode item = subscription.body().path("items").path("data").get(0);
    ObjectNode phase = Shapes.of("subscription_schedule_phase");
    phase.set("currency", subscription.body().get("currency"));
    phase.set(START, item.get("current_period_start"));
    phase.set(END, item.get("current_period_end"));
    if (subscription.is("status", "trialing")) {
      phase.set("trial_end", subscription.body().get("trial_end"));
    }
    addItem(phase, item.path("price").path("id").asString(), item.path("quantity").longValue());
    return phase;
  }

  private static void addItem(ObjectNode phase, String price, long quantity) {
    ObjectNode item = phase.withArrayProperty("items").addObject();
    item.putNull("billing_thresholds");
    item.putArray("discounts");
    item.putObject("metadata");
    item.put("plan", price);
    item.put("price", price);
    item.put("quantity", quantity);
    item.putArray("tax_rates");
  }

  /**
   * Reads all phases from the present one on.
   *
   * @param start when the first one has begun
   */
  List<ObjectNode> read(String account, List<Params> given, long start) {
    if (given.size() > MAX_PHASES) {
      throw StripeRefusal.invalid(
          null, "phases", "A schedule has at most %d phases.".formatted(MAX_PHASES));
    }
    List<ObjectNode> phases = new ArrayList<>();
    long from = start;
    for (Params phase : given) {
      ObjectNode read = readPhase(account, phase, from, phases.isEmpty());
      phases.add(read);
      from = end(read);
    }
    return phases;
  }

  private ObjectNode readPhase(String account, Params given, long start, boolean isCurrent) {
    Long asked = "now".equals(given.text(START)) ? null : given.integer(START);
    if (asked != null && asked != start) {
      throw StripeRefusal.invalid(
          null,
          given.full(START),
          isCurrent
              ? "You can not modify the start date of the current phase."
              : "The start_date of a phase must be the end_date of the phase before it.");
    }
    List<Params> items = given.list("items");
    if (items.isEmpty()) {
      throw StripeRefusal.missing(given.full("items"));
    }
    if (items.size() > 1) {
      throw StripeRefusal.invalid(
          null, given.full("items"), "The sandbox does not have subscriptions of several prices.");
    }
    Params item = items.getFirst();
    String priceId = item.requiredText("price");
    StripeObject price =
        objects
            .find(account, "price", priceId)
            .filter(found -> found.is("type", "recurring"))
            .orElseThrow(() -> StripeRefusal.noSuchParameter("price", priceId, item.full("price")));
    Long quantity = item.integer("quantity");
    ObjectNode phase = Shapes.of("subscription_schedule_phase");
    phase.set("currency", price.body().get("currency"));
    phase.put(START, start);
    phase.put(END, readEnd(given, start, price));
    String prorating =
        given.oneOf("proration_behavior", "always_invoice", "create_prorations", "none");
    if (prorating != null) {
      phase.put("proration_behavior", prorating);
    }
    Long trialEnd = given.integer("trial_end");
    if (trialEnd != null) {
      phase.put("trial_end", trialEnd);
    }
    Metadata.merge(given, phase);
    addItem(phase, priceId, quantity == null ? 1 : quantity);
    return phase;
  }

  private long readEnd(Params given, long start, StripeObject price) {
    Long end = given.integer(END);
    Params duration = given.child("duration");
    // What older versions of the API have instead of a duration.
    Long iterations = given.integer("iterations");
    if (end != null && (duration != null || iterations != null)) {
      throw StripeRefusal.invalid(
          null, given.full(END), "You may only specify one of end_date and duration.");
    }
    if (end == null) {
      return duration == null
          ? after(start, price.body().path("recurring"), iterations == null ? 1 : iterations)
          : after(start, duration);
    }
    if (end <= start || end <= clock.epochSecond()) {
      throw StripeRefusal.invalid(
          null,
          given.full(END),
          "The end_date of a phase must be after its start_date, and in the future.");
    }
    return end;
  }

  private static long after(long start, Params duration) {
    String interval = duration.oneOf("interval", "day", "week", "month", "year");
    Long count = duration.integer("interval_count");
    if (interval == null) {
      throw StripeRefusal.missing(duration.full("interval"));
    }
    return after(start, interval, count == null ? 1 : count);
  }

  private static long after(long start, JsonNode recurring, long iterations) {
    return after(
        start,
        recurring.path("interval").asString(),
        Math.multiplyExact(iterations, recurring.path("interval_count").longValue()));
  }

  private static long after(long start, String interval, long count) {
    ZonedDateTime from = Instant.ofEpochSecond(start).atZone(ZoneOffset.UTC);
    ZonedDateTime end =
        switch (interval) {
          case "day" -> from.plusDays(count);
          case "week" -> from.plusWeeks(count);
          case "month" -> from.plusMonths(count);
          case "year" -> from.plusYears(count);
          default -> throw new IllegalArgumentException(interval);
        };
    return end.toEpochSecond();
  }

  /** The phase that a schedule is in. */
  static ObjectNode present(StripeObject schedule) {
    long start = schedule.body().path("current_phase").path(START).longValue();
    ObjectNode found = startingAt(schedule, start);
    if (found == null) {
      throw new IllegalStateException("No current phase of " + schedule.id());
    }
    return found;
  }

  static @Nullable ObjectNode startingAt(StripeObject schedule, long start) {
    for (JsonNode phase : schedule.body().path("phases")) {
      if (start(phase) == start) {
        return (ObjectNode) phase;
      }
    }
    return null;
  }

  static ObjectNode last(StripeObject schedule) {
    JsonNode phases = schedule.body().path("phases");
    return (ObjectNode) phases.get(phases.size() - 1);
  }

  static void enter(StripeObject schedule, ObjectNode phase) {
    ObjectNode current = schedule.body().putObject("current_phase");
    current.put(START, start(phase));
    current.put(END, end(phase));
  }

  static long start(JsonNode phase) {
    return phase.path(START).longValue();
  }

  static long end(JsonNode phase) {
    return phase.path(END).longValue();
  }

  static String price(JsonNode phase) {
    return phase.path("items").get(0).path("price").asString();
  }

  static long quantity(JsonNode phase) {
    return phase.path("items").get(0).path("quantity").longValue();
  }
}
