package io.cpdevents.notification.subscriptions;

import java.util.List;

/**
 * What a mail about a lost plan says.
 *
 * @param organization its name
 * @param entitlementsVersion of the plan by which that is judged
 * @param eventsBeyondPlan titles of events that could not be published with the plan it has now
 */
record LostPlanContent(
    String organization, long entitlementsVersion, List<String> eventsBeyondPlan) {}
