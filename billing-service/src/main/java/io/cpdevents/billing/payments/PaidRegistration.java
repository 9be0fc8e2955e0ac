package io.cpdevents.billing.payments;

import java.time.Instant;
import java.util.UUID;

/**
 * The registration that a payment is for, as it was when its places were held.
 *
 * @param accountId the buyer
 * @param holdExpiresAt until when the places are held
 */
public record PaidRegistration(
    UUID id,
    UUID accountId,
    UUID organizationId,
    UUID eventId,
    String eventTitle,
    Instant holdExpiresAt) {}
