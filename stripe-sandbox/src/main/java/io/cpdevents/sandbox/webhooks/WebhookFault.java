package io.cpdevents.sandbox.webhooks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fault of webhooks, on demand.
 *
 * @param duplicate every event is posted twice, at the same time
 * @param reorder every other event is delayed, so that the next one overtakes it
 * @param delayMs every event is posted this much later; with {@code reorder} every other one
 * @param drop events are never posted, as if they were lost
 * @param times how many events it affects; null for all until it is set again
 * @param types the types of events it affects; null or empty for all
 */
public record WebhookFault(
    @Nullable Boolean duplicate,
    @Nullable Boolean reorder,
    @Nullable Long delayMs,
    @Nullable Boolean drop,
    @Nullable Integer times,
    @Nullable List<String> types) {

  static final WebhookFault NONE = new WebhookFault(null, null, null, null, null, null);

  boolean affects(String type) {
    return types == null || types.isEmpty() || types.contains(type);
  }
}
