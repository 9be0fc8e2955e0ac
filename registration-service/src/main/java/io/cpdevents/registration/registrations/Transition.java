package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.registration.registrations.RegistrationStatus.Trigger;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the transition table that a registration has taken: what is saved, noted in its history
 * and published, in one transaction.
 *
 * @param from the state before
 * @param registration as it is from now on; its state is the same as before when only a refund is
 *     due
 * @param paymentId the payment that was the trigger; null when none was
 * @param fact tells other services
 */
record Transition(
    RegistrationStatus from,
    Trigger trigger,
    Registration registration,
    @Nullable UUID paymentId,
    RegistrationEvent fact,
    Instant occurredAt) {}
