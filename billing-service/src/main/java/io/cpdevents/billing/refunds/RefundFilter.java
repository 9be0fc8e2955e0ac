package io.cpdevents.billing.refunds;

import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Instant;
import java.util.UUID;
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
    requireUsual("from", from);
    requireUsual("to", to);
  }

  private static void requireUsual(String field, @Nullable Instant time) {
    if (time != null && (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST))) {
      throw FieldProblem.OUT_OF_RANGE.on(field);
    }
  }
}
