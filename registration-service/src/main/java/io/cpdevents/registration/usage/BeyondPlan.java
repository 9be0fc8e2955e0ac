package io.cpdevents.registration.usage;

import java.util.List;
import java.util.UUID;

/**
 * What an organization has published beyond its plan.
 *
 * @param entitlementsVersion of the plan by which that is judged, as we have heard of it
 */
public record BeyondPlan(
    UUID organizationId, long entitlementsVersion, List<EventBeyondPlan> events) {}
