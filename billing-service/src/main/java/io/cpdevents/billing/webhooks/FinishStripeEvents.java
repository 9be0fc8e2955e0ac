package io.cpdevents.billing.webhooks;

import io.cpdevents.billing.webhooks.StripeEvents.Claimed;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.time.SystemTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Events are over: what they are about was taken over, or it is nothing of ours. */
@Component
class FinishStripeEvents {

  /**
   * Events that were claimed.
   *
   * @param ignoredReason why they change nothing; null when they were applied
   */
  record Command(
      List<Claimed> claimed, StripeEventTrigger trigger, @Nullable IgnoredReason ignoredReason) {

    static Command applied(List<Claimed> claimed) {
      return new Command(claimed, StripeEventTrigger.SETTLED, null);
    }

    static Command foreign(List<Claimed> claimed) {
      return new Command(claimed, StripeEventTrigger.FOUND_FOREIGN, IgnoredReason.NOT_OURS);
    }
  }

  private final StripeEvents events;
  private final SystemTime systemTime;

  FinishStripeEvents(StripeEvents events, SystemTime systemTime) {
    this.events = events;
    this.systemTime = systemTime;
  }

  /**
   * Finishes events.
   *
   * @return those that this has finished, without those that another worker has finished meanwhile,
   *     because their lease had run out
   */
  @Transactional
  List<Claimed> handle(Command command) {
    List<Claimed> finished =
        events.lock(command.claimed()).stream()
            .flatMap(event ->
                event.on(command.trigger()) instanceof Changed<StripeEventStatus> changed
                    ? Stream.of(event.with(changed.to()))
                    : Stream.empty())
            .toList();
    events.finish(finished, command.ignoredReason(), systemTime.now());
    return finished;
  }
}
