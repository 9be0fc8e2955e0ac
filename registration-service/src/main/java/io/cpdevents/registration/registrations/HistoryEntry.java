package io.cpdevents.registration.registrations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a registration.
 *
 * @param from null when it was made
 * @param trigger {@code placed}, {@code payment-captured} or {@code hold-expired}
 * @param to the state behind it; the same as before when money came that had to go back
 * @param paymentId whose money it was
 */
public record HistoryEntry(
    UUID id,
    Instant occurredAt,
    @Nullable RegistrationStatus from,
    String trigger,
    RegistrationStatus to,
    @Nullable UUID paymentId) {}
