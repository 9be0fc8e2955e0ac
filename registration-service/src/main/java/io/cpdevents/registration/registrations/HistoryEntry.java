package io.cpdevents.registration.registrations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of a registration's state.
 *
 * @param from null when it was placed
 * @param trigger {@code placed}, {@code payment-captured} or {@code hold-expired}
 * @param to the state from then on; the same as before when a payment had to be refunded
 * @param paymentId the payment that was the trigger; null when none was
 */
public record HistoryEntry(
    UUID id,
    Instant occurredAt,
    @Nullable RegistrationStatus from,
    String trigger,
    RegistrationStatus to,
    @Nullable UUID paymentId) {}
