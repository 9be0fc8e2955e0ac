package io.cpdevents.registration.usage;

import java.util.UUID;

/** An event that is published and could not be published with the plan of its organization. */
public record EventBeyondPlan(UUID organizationId, UUID eventId, String title) {}
