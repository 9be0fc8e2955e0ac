package io.cpdevents.platform.test;

import io.cpdevents.contracts.Event;
import java.util.Map;

/**
 * An event as it was on its topic.
 *
 * @param headers CloudEvents and trace headers by name: {@code ce_id}, {@code ce_type}, …
 */
public record RecordedEvent<E extends Event>(
    E event, String topic, int partition, long offset, String key, Map<String, String> headers) {

  /** The event's id, equal in every repetition. */
  public String id() {
    return headers.getOrDefault("ce_id", "");
  }
}
