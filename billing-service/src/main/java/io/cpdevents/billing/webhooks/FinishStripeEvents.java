package io.cpdevents.billing.webhooks;

import io.cpdevents.billing.webhooks.StripeEvents.Claimed;
import io.cpdevents.platform.time.SystemTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Events are over: what they are about was taken over, or it is nothing of ours. */
@Component
class FinishStripeEvents {

  private final StripeEvents events;
  private final StripeEventMetrics metrics;
  private final SystemTime systemTime;

  FinishStripeEvents(StripeEvents events, StripeEventMetrics metrics, SystemTime systemTime) {
    this.events = events;
    this.metrics = metrics;
    this.systemTime = systemTime;
  }

  void applied(List<Claimed> claimed) {
    finish(claimed, StripeEventTrigger.SETTLED, null);
  }

  void foreign(List<Claimed> claimed) {
    finish(claimed, StripeEventTrigger.FOUND_FOREIGN, IgnoredReason.NOT_OURS);
    claimed.forEach(event -> metrics.ignored(event.type(), IgnoredReason.NOT_OURS));
  }

  private void finish(
      List<Claimed> claimed, StripeEventTrigger trigger, @Nullable IgnoredReason reason) {
    events.finish(
        claimed.stream().map(event -> event.after(trigger)).toList(), reason, systemTime.now());
  }
}
