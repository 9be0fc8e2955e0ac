package io.cpdevents.registration.disputes;

import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import io.cpdevents.registration.disputes.DisputeStatus.Trigger;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A dispute of a payment.
 *
 * @param wholePayment whether it is about all that is left of the payment
 */
record Dispute(
    UUID id,
    UUID paymentId,
    UUID registrationId,
    DisputeStatus status,
    boolean wholePayment,
    Instant openedAt,
    Instant changedAt) {

  /** A dispute that has just begun. */
  static Dispute opened(FollowDispute.Opened opened, Instant now) {
    return new Dispute(
        opened.disputeId(),
        opened.paymentId(),
        opened.registrationId(),
        opened.inquiry() ? DisputeStatus.INQUIRY : DisputeStatus.OPEN,
        opened.wholePayment(),
        now,
        now);
  }

  /** What an inquiry leads to that became a dispute; empty when that changes nothing. */
  Optional<Dispute> escalate(boolean ofWholePayment, Instant now) {
    return on(Trigger.ESCALATED, ofWholePayment, now);
  }

  /** What the dispute is when it has ended; empty when that changes nothing. */
  Optional<Dispute> close(boolean lost, Instant now) {
    return on(lost ? Trigger.LOST : Trigger.ENDED, wholePayment, now);
  }

  private Optional<Dispute> on(Trigger trigger, boolean ofWholePayment, Instant now) {
    return switch (DisputeStatus.TRANSITIONS.next(status, trigger)) {
      case Ignored<DisputeStatus> _ -> Optional.empty();
      case Changed<DisputeStatus>(DisputeStatus to, _) ->
          Optional.of(
              new Dispute(id, paymentId, registrationId, to, ofWholePayment, openedAt, now));
    };
  }
}
