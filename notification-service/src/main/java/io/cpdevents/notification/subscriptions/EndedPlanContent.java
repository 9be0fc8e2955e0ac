package io.cpdevents.notification.subscriptions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a mail about a plan that is over says.
 *
 * @param organization its name
 * @param entitlementsVersion of the plan by which that is judged
 * @param eventsBeyondPlan titles of events that could not be published with the plan it has now
 */
record EndedPlanContent(
    String organization, long entitlementsVersion, List<String> eventsBeyondPlan) {

  /** Whether it was judged by an earlier plan; null when it is not known which one it should be. */
  boolean isOlderThan(@Nullable Long version) {
    return version != null && entitlementsVersion < version;
  }
}
