package io.cpdevents.sandbox.schedules;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;

/** Tells seven days before that the last phase of a schedule ends. */
@Component
class AnnounceScheduleEnd implements StepHandler {
  static final String KIND = "announce-schedule-end";

  private final StripeObjects objects;
  private final Events events;

  AnnounceScheduleEnd(StripeObjects objects, Events events) {
    this.objects = objects;
    this.events = events;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String scheduleId) {
    StripeObject schedule = objects.lockExisting(Schedules.KIND, scheduleId);
    if (Schedules.isActive(schedule)) {
      events.record("subscription_schedule.expiring", schedule);
    }
  }
}
