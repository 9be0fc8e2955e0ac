package io.cpdevents.registration.registrations;

import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import io.cpdevents.registration.registrations.RefundRequestStatus.Trigger;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records what has become of a refund that was requested: the buyer has the money, or not. */
@Component
public class FollowRefund {

  private final RefundRequests refundRequests;
  private final Clock clock;

  FollowRefund(RefundRequests refundRequests, Clock clock) {
    this.refundRequests = refundRequests;
    this.clock = clock;
  }

  /** What has happened to a refund. */
  public record Command(UUID refundId, Trigger trigger) {}

  /** Notes it, if the refund was requested here; others are none of registrations' business. */
  @Transactional
  public void handle(Command command) {
    refundRequests
        .lock(command.refundId())
        .ifPresent(status -> {
          switch (RefundRequestStatus.TRANSITIONS.next(status, command.trigger())) {
            case Ignored<RefundRequestStatus> _ -> {}
            case Changed<RefundRequestStatus>(RefundRequestStatus to, _) ->
                refundRequests.save(command.refundId(), to, clock.instant());
          }
        });
  }
}
