package io.cpdevents.registration.registrations;

import io.cpdevents.registration.events.EventMode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a registration shows of its event. */
public record EventSummary(
    UUID id,
    UUID organizationId,
    String title,
    EventMode mode,
    Instant startsAt,
    Instant endsAt,
    String timeZone,
    @Nullable String venue) {}
