package io.cpdevents.billing.refunds;

import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which refunds of an organization are listed; a filter that is null excludes nothing.
 *
 * @param from the earliest request, inclusive
 * @param to the latest request, exclusive
 */
public record RefundFilter(
    @Nullable RefundStatus status,
    @Nullable RefundCause cause,
    @Nullable UUID eventId,
    @Nullable Instant from,
    @Nullable Instant to) {

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  /**
   * Refuses times before 1970 and after 9999.
   *
   * @throws RuleViolation 400 {@code out-of-range} of a field
   */
  public RefundFilter {
    List<FieldError> unusual = Stream.concat(unusual("from", from), unusual("to", to)).toList();
    if (!unusual.isEmpty()) {
      throw CommonProblem.INVALID_REQUEST.violation(unusual);
    }
  }

  private static Stream<FieldError> unusual(String field, @Nullable Instant time) {
    return time != null && (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST))
        ? Stream.of(FieldProblem.OUT_OF_RANGE.at(field))
        : Stream.empty();
  }
}
