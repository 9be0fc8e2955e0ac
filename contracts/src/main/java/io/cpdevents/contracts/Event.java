package io.cpdevents.contracts;

import java.util.Map;

/**
 * A fact that one service tells the others. An event family is a sealed interface that extends this
 * one; its records are the event types. A family lives on exactly one topic.
 *
 * <p>Events only grow: an optional (nullable) field may be added, anything else is a new type.
 */
public interface Event {

  /** The topic that carries this event. Every record of a family has the same one. */
  Topic topic();

  /**
   * The record's key on its topic. Events with the same key are delivered in the order in which
   * their transactions committed.
   */
  String key();

  /** What log lines about this event carry, so that one search finds its whole story. */
  default Map<String, String> correlation() {
    return Map.of();
  }
}
