package io.cpdevents.registration.checkin;

import io.cpdevents.registration.registrations.Attendee;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has a ticket, and whether they have come.
 *
 * @param reference the short name of the registration
 * @param checkedInAt when they came for the first time; null when they have not
 * @param checkedInBy whose session or API key the scanner had then; null when they have not come
 * @param inside whether they are inside now
 * @param leftAt when they have left for the last time; null when they have not
 */
public record AttendanceView(
    UUID ticketId,
    UUID registrationId,
    String reference,
    String ticketTypeName,
    Attendee attendee,
    @Nullable Instant checkedInAt,
    @Nullable UUID checkedInBy,
    boolean inside,
    @Nullable Instant leftAt) {}
