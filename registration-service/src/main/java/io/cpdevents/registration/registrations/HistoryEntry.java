package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.registration.CancellationCause;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of a registration's state.
 *
 * @param from null when it was placed
 * @param trigger what has changed it
 * @param to the state from then on; the same as before when a payment had to be refunded, a hold
 *     was extended or shortened, or some of the tickets were cancelled
 * @param paymentId the payment that was the trigger; null when none was
 * @param cause who cancelled; null when nothing was cancelled
 * @param reason why; null when no reason was given
 */
public record HistoryEntry(
    UUID id,
    Instant occurredAt,
    @Nullable RegistrationStatus from,
    Trigger trigger,
    RegistrationStatus to,
    @Nullable UUID paymentId,
    @Nullable CancellationCause cause,
    @Nullable String reason) {

  /** What changes a registration: that it was placed, or a trigger of its states. */
  public enum Trigger {
    PLACED,
    PAYMENT_CAPTURED,
    HOLD_EXPIRED,
    PAYMENT_PROCESSING,
    PAYMENT_FAILED,
    CANCELLED,
    TICKETS_CANCELLED
  }
}
