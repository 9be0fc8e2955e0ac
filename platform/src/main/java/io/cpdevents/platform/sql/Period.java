package io.cpdevents.platform.sql;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From when until when the rows of a list are, {@code ?from=&to=}, as parts of a statement. A bound
 * that is null excludes nothing.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record Period(@Nullable Instant from, @Nullable Instant to) {

  /**
   * Refuses times before 1970 and after 9999, which PostgreSQL might not know, and an end that is
   * not after the beginning.
   *
   * @throws RuleViolation 400 {@code out-of-range} or {@code not-after-from} of a field
   */
  public Period {
    List<FieldError> unusual = Stream.concat(unusual("from", from), unusual("to", to)).toList();
    if (!unusual.isEmpty()) {
      throw CommonProblem.INVALID_REQUEST.violation(unusual);
    }
    if (from != null && to != null && !from.isBefore(to)) {
      throw FieldProblem.NOT_AFTER_FROM.on("to");
    }
  }

  /**
   * {@code AND at >= :from AND at < :to}, as far as they are given.
   *
   * @param column becomes part of the statement, so it must be a constant
   */
  public String condition(String column) {
    return (from == null ? "" : " AND " + column + " >= :from ")
        + (to == null ? "" : " AND " + column + " < :to ");
  }

  /** The parameters of that. */
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new HashMap<>();
    if (from != null) {
      parameters.put("from", Parameters.instant(from));
    }
    if (to != null) {
      parameters.put("to", Parameters.instant(to));
    }
    return parameters;
  }

  private static Stream<FieldError> unusual(String field, @Nullable Instant time) {
    return UsualTime.Rule.isUsual(time)
        ? Stream.empty()
        : Stream.of(FieldProblem.OUT_OF_RANGE.at(field));
  }
}
