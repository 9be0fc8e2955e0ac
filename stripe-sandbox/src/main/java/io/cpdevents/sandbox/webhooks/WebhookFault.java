package io.cpdevents.sandbox.webhooks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with webhooks, on demand.
 *
 * @param duplicate every event is posted twice, at the same time
 * @param reorder every other event is held back, so that the next one overtakes it
 * @param delayMs every event is posted this much later
 * @param drop no event is posted, as if it had been lost for good
 * @param times how many events it strikes; null means until it is set again
 * @param types only events of these types; null or empty means all
 */
public record WebhookFault(
    @Nullable Boolean duplicate,
    @Nullable Boolean reorder,
    @Nullable Long delayMs,
    @Nullable Boolean drop,
    @Nullable Integer times,
    @Nullable List<String> types) {

  static final WebhookFault NONE = new WebhookFault(null, null, null, null, null, null);

  boolean concerns(String type) {
    return types == null || types.isEmpty() || types.contains(type);
  }
}
