package io.cpdevents.billing.webhooks;

import io.cpdevents.billing.webhooks.StripeEvents.Claimed;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An event that has failed too often waits for a person. */
@Component
class ParkStripeEvent {

  record Command(Claimed event, int failures, String failure) {}

  private final StripeEvents events;

  ParkStripeEvent(StripeEvents events) {
    this.events = events;
  }

  /** Parks the event. Returns false when another worker has finished it meanwhile. */
  @Transactional
  boolean handle(Command command) {
    boolean isParked = false;
    for (Claimed event : events.lock(List.of(command.event()))) {
      switch (event.on(StripeEventTrigger.GIVEN_UP)) {
        case Changed<StripeEventStatus>(StripeEventStatus to, _) -> {
          events.park(event.with(to), command.failures(), command.failure());
          isParked = true;
        }
        case Ignored<StripeEventStatus> _ -> isParked = false;
      }
    }
    return isParked;
  }
}
