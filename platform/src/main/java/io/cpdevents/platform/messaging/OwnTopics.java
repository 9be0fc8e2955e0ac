package io.cpdevents.platform.messaging;

import io.cpdevents.contracts.Topic;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The topics that a service's outbox may write: those of its own name. Whoever holds one database
 * can write any row there, but does not speak in the name of another service.
 */
final class OwnTopics {

  private static final Set<String> FED_OTHERWISE =
      Arrays.stream(Topic.values())
          .filter(topic -> !topic.isFedByOutbox())
          .map(Topic::topicName)
          .collect(Collectors.toUnmodifiableSet());

  private final String prefix;

  /** Of a service, by the short name with which its topics begin. */
  OwnTopics(String service) {
    this.prefix = service + ".";
  }

  /**
   * Whether the outbox may write it. One that the table does not know yet is among them: a newer
   * instance of the same service may have appended to it.
   */
  boolean include(String topicName) {
    return topicName.startsWith(prefix) && !FED_OTHERWISE.contains(topicName);
  }
}
