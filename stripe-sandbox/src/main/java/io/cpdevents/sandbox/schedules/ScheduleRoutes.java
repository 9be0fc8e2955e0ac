package io.cpdevents.sandbox.schedules;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Metadata;
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
import io.cpdevents.sandbox.subscriptions.StartSubscription;
import io.cpdevents.sandbox.subscriptions.Subscriptions;
import io.cpdevents.sandbox.subscriptions.SwitchPrice;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/subscription_schedules}. */
@Component
class ScheduleRoutes implements StripeRoutes {
  private static final String PATH = "/v1/subscription_schedules";
  private static final String END_BEHAVIOR = "end_behavior";

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final Events events;
  private final SandboxClock clock;
  private final Schedules schedules;
  private final SchedulePhases phases;
  private final Subscriptions subscriptions;
  private final StartSubscription startSubscription;
  private final SwitchPrice switchPrice;

  ScheduleRoutes(
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      Events events,
      SandboxClock clock,
      Schedules schedules,
      SchedulePhases phases,
      Subscriptions subscriptions,
      StartSubscription startSubscription,
      SwitchPrice switchPrice) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.events = events;
    this.clock = clock;
    this.schedules = schedules;
    this.phases = phases;
    this.subscriptions = subscriptions;
    this.startSubscription = startSubscription;
    this.switchPrice = switchPrice;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PATH, this::create),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show),
        StripeRoute.post(PATH + "/{id}", this::update),
        StripeRoute.post(PATH + "/{id}/cancel", this::cancel),
        StripeRoute.post(PATH + "/{id}/release", this::release));
  }

  private ObjectNode create(StripeRequest request) {
    String from = request.params().text("from_subscription");
    return views.show(from == null ? begin(request) : createFrom(request, from));
  }

  /** Takes over a subscription as it is, until the end of its period. */
  private StripeObject createFrom(StripeRequest request, String subscriptionId) {
    Params params = request.params();
    for (String other : List.of("phases", "customer", "start_date", END_BEHAVIOR)) {
      if (params.has(other)) {
        throw StripeRefusal.invalid(
            null, other, "You cannot set `%s` if `from_subscription` is set.".formatted(other));
      }
    }
    StripeObject subscription =
        subscriptions.lockNamed(request.account(), subscriptionId, "from_subscription");
    if (subscription.text(Schedules.SCHEDULE) != null) {
      throw StripeRefusal.wrongState(
          null,
          "from_subscription",
          "You cannot migrate a subscription that is already attached to a schedule: `%s`."
              .formatted(subscription.text(Schedules.SCHEDULE)));
    }
    StripeObject schedule = scheduleOf(subscription);
    if (Subscriptions.endsWithPeriod(subscription)) {
      schedule.body().put(END_BEHAVIOR, "cancel");
    }
    Metadata.merge(params, schedule.body());
    params.refuseOthers();
    return attach(schedule, subscription, List.of(SchedulePhases.current(subscription)));
  }

  /** Begins a subscription with the first phase. */
  private StripeObject begin(StripeRequest request) {
    Params params = request.params();
    String customer = params.requiredText("customer");
    long now = clock.epochSecond();
    if (!"now".equals(params.text("start_date"))) {
      throw StripeRefusal.invalid(
          null, "start_date", "The sandbox does not have schedules that begin later than now.");
    }
    String end = params.oneOf(END_BEHAVIOR, "release", "cancel");
    List<ObjectNode> read = phases.read(request.account(), params.list("phases"), now);
    if (read.isEmpty()) {
      throw StripeRefusal.missing("phases");
    }
    ObjectNode first = read.getFirst();
    StripeObject subscription =
        startSubscription.ofSchedule(
            request.account(),
            customer,
            SchedulePhases.price(first),
            SchedulePhases.quantity(first));
    StripeObject schedule = scheduleOf(subscription);
    if (end != null) {
      schedule.body().put(END_BEHAVIOR, end);
    }
    Metadata.merge(params, schedule.body());
    params.refuseOthers();
    return attach(schedule, subscription, read);
  }

  private StripeObject scheduleOf(StripeObject subscription) {
    StripeObject schedule =
        StripeObject.shaped(
            subscription.account(),
            Schedules.KIND,
            StripeIds.next("sub_sched"),
            clock.epochSecond());
    schedule.body().set("customer", subscription.body().get("customer"));
    schedule.body().put(Schedules.SUBSCRIPTION, subscription.id());
    return schedule;
  }

  private StripeObject attach(
      StripeObject schedule, StripeObject subscription, List<ObjectNode> all) {
    ArrayNode list = schedule.body().withArrayProperty("phases");
    all.forEach(list::add);
    SchedulePhases.enter(schedule, all.getFirst());
    objects.add(schedule);
    schedules.plan(schedule);
    ObjectNode before = subscription.body().deepCopy();
    subscription.body().put(Schedules.SCHEDULE, schedule.id());
    objects.save(subscription);
    events.record("subscription_schedule.created", schedule);
    events.recordChange("customer.subscription.updated", subscription, before);
    return schedule;
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return views.show(schedules.find(request.account(), request.id()));
  }

  private ObjectNode list(StripeRequest request) {
    return lists.answer(
        request,
        PATH,
        ObjectQuery.of(request.account(), Schedules.KIND)
            .with("customer", request.params().text("customer")));
  }

  /** A schedule and its subscription, both locked. */
  private record Locked(StripeObject schedule, StripeObject subscription) {}

  private Locked lockActive(StripeRequest request, String what) {
    StripeObject found = schedules.find(request.account(), request.id());
    String owner = found.text(Schedules.SUBSCRIPTION);
    if (owner == null) {
      throw notActive(found, what);
    }
    StripeObject subscription = objects.lockExisting(Schedules.SUBSCRIPTION, owner);
    StripeObject schedule = objects.lockExisting(Schedules.KIND, found.id());
    if (!Schedules.isActive(schedule)) {
      throw notActive(schedule, what);
    }
    return new Locked(schedule, subscription);
  }

  private static StripeRefusal notActive(StripeObject schedule, String what) {
    return StripeRefusal.wrongState(
        null,
        null,
        "You cannot %s a subscription schedule that is currently in the `%s` status. It must be `not_started` or `active`."
            .formatted(what, schedule.text("status")));
  }

  private ObjectNode update(StripeRequest request) {
    Locked locked = lockActive(request, "update");
    StripeObject schedule = locked.schedule();
    ObjectNode before = schedule.body().deepCopy();
    Params params = request.params();
    String end = params.oneOf(END_BEHAVIOR, "release", "cancel");
    if (end != null) {
      schedule.body().put(END_BEHAVIOR, end);
    }
    String prorating =
        params.oneOf("proration_behavior", "always_invoice", "create_prorations", "none");
    List<ObjectNode> read = readPhases(params, schedule);
    Metadata.merge(params, schedule.body());
    params.refuseOthers();
    if (!read.isEmpty()) {
      ArrayNode list = schedule.body().putArray("phases");
      read.forEach(list::add);
      ObjectNode present = read.getFirst();
      SchedulePhases.enter(schedule, present);
      schedules.plan(schedule);
      switchPrice.withinPeriod(
          locked.subscription(),
          SchedulePhases.price(present),
          SchedulePhases.quantity(present),
          prorating == null ? "create_prorations" : prorating);
    }
    objects.save(schedule);
    events.recordChange("subscription_schedule.updated", schedule, before);
    return views.show(schedule);
  }

  private List<ObjectNode> readPhases(Params params, StripeObject schedule) {
    List<Params> given = params.list("phases");
    if (given.isEmpty()) {
      return List.of();
    }
    if (!given.getFirst().has("start_date")) {
      throw StripeRefusal.missing(given.getFirst().full("start_date"));
    }
    return phases.read(
        schedule.account(), given, SchedulePhases.start(SchedulePhases.present(schedule)));
  }

  private ObjectNode cancel(StripeRequest request) {
    Params params = request.params();
    for (String proration : List.of("invoice_now", "prorate")) {
      if (Boolean.TRUE.equals(params.flag(proration))) {
        throw StripeRefusal.invalid(
            null, proration, "The sandbox gives nothing back for a period that is canceled.");
      }
    }
    params.refuseOthers();
    Locked locked = lockActive(request, "cancel");
    schedules.cancel(locked.schedule());
    subscriptions.cancel(locked.subscription());
    return views.show(locked.schedule());
  }

  private ObjectNode release(StripeRequest request) {
    request.params().flag("preserve_cancel_date");
    request.params().refuseOthers();
    Locked locked = lockActive(request, "release");
    schedules.release(locked.schedule(), locked.subscription());
    return views.show(locked.schedule());
  }
}
