package io.cpdevents.platform.web;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a change ({@code If-Match}, RFC 9110, 13.1.1): the versions of which the caller
 * has seen one. Without the header, or with {@code *}, every version will do. A use case asks it
 * once the object is locked, so that nobody changes it between the question and the change.
 */
public final class IfMatch {

  /** Every version will do. */
  public static final IfMatch ANY = new IfMatch(Set.of("*"));

  private final Set<String> tags;

  private IfMatch(Set<String> tags) {
    this.tags = tags;
  }

  /** The condition of a header, which may have several lines; null when the request has none. */
  static IfMatch of(String @Nullable [] lines) {
    if (lines == null) {
      return ANY;
    }
    String condition = String.join(",", lines);
    return condition.length() > EntityTag.MAX_CONDITION_CHARACTERS
        ? new IfMatch(Set.of())
        : new IfMatch(
            Arrays.stream(condition.split(",", -1)).map(String::strip).collect(Collectors.toSet()));
  }

  /**
   * Requires that the caller has seen this version.
   *
   * @throws RuleViolation 412 {@code changed-meanwhile}
   */
  public void require(long version) {
    if (!tags.contains("*") && tags.stream().noneMatch(tag -> EntityTag.isOf(tag, version))) {
      throw CommonProblem.CHANGED_MEANWHILE.violation();
    }
  }
}
