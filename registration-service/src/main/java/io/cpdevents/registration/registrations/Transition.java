package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.registration.CancellationCause;
import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.registration.registrations.RegistrationStatus.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A state change of a registration by a row of the transition table: what one transaction saves,
 * adds to the history and publishes.
 *
 * @param id the id of its history entry
 * @param from the state before
 * @param registration as it is from now on; its state may be the same as before, for example when
 *     only a refund is due
 * @param paymentId the payment that was the trigger; null when none was
 * @param cancelledBy who cancelled; null when nothing was cancelled
 * @param facts the events that tell other services
 */
record Transition(
    UUID id,
    RegistrationStatus from,
    Trigger trigger,
    Registration registration,
    @Nullable UUID paymentId,
    @Nullable CancelledBy cancelledBy,
    List<RegistrationEvent> facts,
    Instant occurredAt) {

  /**
   * Who cancelled, and why.
   *
   * @param reason null when none was given
   */
  record CancelledBy(CancellationCause cause, @Nullable String reason) {}

  /**
   * A transition caused by a payment or by time, not by a cancellation.
   *
   * @param id of its history entry
   */
  static Transition of(
      UUID id,
      Registration before,
      Trigger trigger,
      Registration after,
      @Nullable UUID paymentId,
      List<RegistrationEvent> facts,
      Instant now) {
    return new Transition(id, before.status(), trigger, after, paymentId, null, facts, now);
  }

  @Nullable CancellationCause cause() {
    return cancelledBy == null ? null : cancelledBy.cause();
  }

  @Nullable String reason() {
    return cancelledBy == null ? null : cancelledBy.reason();
  }
}
