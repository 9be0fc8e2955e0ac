package io.cpdevents.sandbox.schedules;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.subscriptions.Subscriptions;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds schedules, plans their phases and ends them. The subscription is locked before its
 * schedule.
 */
@Component
class Schedules {
  static final String KIND = "subscription_schedule";
  static final String SUBSCRIPTION = "subscription";
  static final String ACTIVE = "active";
  static final String SCHEDULE = "schedule";
  private static final Duration NOTICE_BEFORE_END = Duration.ofDays(7);

  private final StripeObjects objects;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final Subscriptions subscriptions;

  Schedules(
      StripeObjects objects,
      Events events,
      PlannedSteps steps,
      SandboxClock clock,
      Subscriptions subscriptions) {
    this.objects = objects;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
    this.subscriptions = subscriptions;
  }

  StripeObject find(String account, String id) {
    return objects
        .find(account, KIND, id)
        .orElseThrow(() -> StripeRefusal.noSuch(KIND, id, SCHEDULE));
  }

  /** Whether it still decides about its subscription. */
  static boolean isActive(StripeObject schedule) {
    return schedule.is("status", ACTIVE);
  }

  /** Plans the end of the present phase, and the notice before the end of the last one. */
  void plan(StripeObject schedule) {
    forget(schedule);
    ObjectNode present = SchedulePhases.present(schedule);
    steps.planAt(SchedulePhases.end(present), AdvanceSchedule.KIND, schedule.id());
    long notice = SchedulePhases.end(SchedulePhases.last(schedule)) - NOTICE_BEFORE_END.toSeconds();
    if (notice > clock.epochSecond()) {
      steps.planAt(notice, AnnounceScheduleEnd.KIND, schedule.id());
    }
  }

  private void forget(StripeObject schedule) {
    steps.cancel(AdvanceSchedule.KIND, schedule.id());
    steps.cancel(AnnounceScheduleEnd.KIND, schedule.id());
  }

  /** Leaves a locked subscription to itself, as it is. */
  void release(StripeObject schedule, StripeObject subscription) {
    ObjectNode before = subscription.body().deepCopy();
    end(schedule, "released", "released_at");
    schedule.body().put("released_subscription", subscription.id());
    schedule.body().putNull(SUBSCRIPTION);
    objects.save(schedule);
    subscription.body().putNull(SCHEDULE);
    objects.save(subscription);
    events.record("subscription_schedule.released", schedule);
    events.recordChange("customer.subscription.updated", subscription, before);
  }

  /** Ends a schedule and its subscription after the last phase. */
  void complete(StripeObject schedule, StripeObject subscription) {
    end(schedule, "completed", "completed_at");
    objects.save(schedule);
    events.record("subscription_schedule.completed", schedule);
    subscriptions.cancel(subscription);
  }

  /** Cancels a schedule, whose subscription is canceled too. */
  void cancel(StripeObject schedule) {
    end(schedule, "canceled", "canceled_at");
    objects.save(schedule);
    events.record("subscription_schedule.canceled", schedule);
  }

  /** Ends a schedule whose subscription is canceled because it is not paid. */
  void abort(StripeObject schedule) {
    end(schedule, "canceled", "canceled_at");
    objects.save(schedule);
    events.record("subscription_schedule.aborted", schedule);
  }

  private void end(StripeObject schedule, String status, String at) {
    forget(schedule);
    schedule.body().put("status", status);
    schedule.body().put(at, clock.epochSecond());
    schedule.body().putNull("current_phase");
  }
}
