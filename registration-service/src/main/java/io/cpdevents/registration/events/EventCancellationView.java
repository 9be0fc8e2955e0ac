package io.cpdevents.registration.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the cancellation of an event has come.
 *
 * @param registrations how many have to be cancelled, those that are cancelled included
 * @param cancelled how many of them are cancelled
 * @param doneAt null while it is running
 */
public record EventCancellationView(
    Status status,
    String reason,
    int keepFeeBasisPoints,
    int registrations,
    int cancelled,
    Refunds refunds,
    Instant requestedAt,
    @Nullable Instant doneAt) {

  /** Whether registrations are still to be cancelled; refunds may take longer. */
  public enum Status {
    RUNNING,
    DONE
  }

  /**
   * Refunds that were asked for by the cancellation.
   *
   * @param requested all of them
   * @param succeeded those that are with the buyers
   * @param failed those that need a person's help
   * @param calledOff those of which nothing goes back: the buyers have the money in another way,
   *     for example by a dispute
   */
  public record Refunds(int requested, int succeeded, int failed, int calledOff) {}

  static EventCancellationView of(EventCancellation cancellation, Refunds refunds) {
    return new EventCancellationView(
        cancellation.doneAt() == null ? Status.RUNNING : Status.DONE,
        cancellation.reason(),
        cancellation.keepFeeBasisPoints(),
        cancellation.registrations(),
        cancellation.cancelled(),
        refunds,
        cancellation.requestedAt(),
        cancellation.doneAt());
  }
}
