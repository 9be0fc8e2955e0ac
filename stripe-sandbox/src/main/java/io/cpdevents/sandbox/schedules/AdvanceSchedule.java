package io.cpdevents.sandbox.schedules;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.subscriptions.PeriodEnded;
import io.cpdevents.sandbox.subscriptions.SubscriptionCanceled;
import io.cpdevents.sandbox.subscriptions.Subscriptions;
import io.cpdevents.sandbox.subscriptions.SwitchPrice;
import io.cpdevents.sandbox.time.StepHandler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Moves a subscription to the next phase of its schedule, and ends the schedule after the last. */
@Component
class AdvanceSchedule implements StepHandler {
  static final String KIND = "advance-schedule";

  private final StripeObjects objects;
  private final Events events;
  private final Schedules schedules;
  private final SwitchPrice switchPrice;

  AdvanceSchedule(
      StripeObjects objects, Events events, Schedules schedules, SwitchPrice switchPrice) {
    this.objects = objects;
    this.events = events;
    this.schedules = schedules;
    this.switchPrice = switchPrice;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  /** A phase that ends with a period of its subscription is ended by that. */
  @Override
  public void perform(String scheduleId) {
    String owner =
        objects
            .findAnywhere(Schedules.KIND, scheduleId)
            .map(found -> found.text(Schedules.SUBSCRIPTION))
            .orElse(null);
    if (owner == null) {
      return;
    }
    StripeObject subscription = objects.lockExisting(Schedules.SUBSCRIPTION, owner);
    StripeObject schedule = objects.lockExisting(Schedules.KIND, scheduleId);
    if (!Schedules.isActive(schedule)) {
      return;
    }
    long end = SchedulePhases.end(SchedulePhases.present(schedule));
    if (end >= Subscriptions.periodEnd(subscription)) {
      return;
    }
    ObjectNode next = advance(schedule, subscription, end);
    if (next != null) {
      objects.save(subscription);
      switchPrice.withinPeriod(
          subscription,
          SchedulePhases.price(next),
          SchedulePhases.quantity(next),
          next.path("proration_behavior").asString());
    }
  }

  @EventListener
  void on(PeriodEnded ended) {
    StripeObject subscription = ended.subscription();
    long end = Subscriptions.periodEnd(subscription);
    lockOf(subscription)
        .filter(schedule -> SchedulePhases.end(SchedulePhases.present(schedule)) <= end)
        .map(schedule -> advance(schedule, subscription, end))
        .ifPresent(next ->
            switchPrice.betweenPeriods(
                subscription, SchedulePhases.price(next), SchedulePhases.quantity(next)));
  }

  @EventListener
  void on(SubscriptionCanceled canceled) {
    lockOf(canceled.subscription())
        .ifPresent(schedule -> {
          if (canceled.isUnpaid()) {
            schedules.abort(schedule);
          } else {
            schedules.cancel(schedule);
          }
        });
  }

  private Optional<StripeObject> lockOf(StripeObject subscription) {
    return Optional.ofNullable(subscription.text(Schedules.SCHEDULE))
        .flatMap(id -> objects.lock(Schedules.KIND, id))
        .filter(Schedules::isActive);
  }

  /**
   * Enters the phase that begins now, or ends the schedule.
   *
   * @return the phase; null when the schedule is over
   */
  private @Nullable ObjectNode advance(StripeObject schedule, StripeObject subscription, long now) {
    ObjectNode next = SchedulePhases.startingAt(schedule, now);
    if (next != null) {
      ObjectNode before = schedule.body().deepCopy();
      SchedulePhases.enter(schedule, next);
      objects.save(schedule);
      schedules.plan(schedule);
      events.recordChange("subscription_schedule.updated", schedule, before);
    } else if (schedule.is("end_behavior", "cancel")) {
      schedules.complete(schedule, subscription);
    } else {
      schedules.release(schedule, subscription);
    }
    return next;
  }
}
