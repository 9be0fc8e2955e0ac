package io.cpdevents.registration.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The cancellation of an event, and how far its job has come.
 *
 * @param keepFeeBasisPoints the share of each payment that the organization keeps
 * @param registrations how many were held or confirmed when the event was cancelled; in the end,
 *     without those that expired before the job came to them
 * @param cancelled how many of them the job has cancelled
 * @param doneAt null while the job runs
 */
record EventCancellation(
    UUID id,
    UUID eventId,
    String reason,
    int keepFeeBasisPoints,
    int registrations,
    int cancelled,
    Instant requestedAt,
    @Nullable Instant doneAt) {

  /** A cancellation whose job is about to begin. */
  static EventCancellation requested(CancelEvent.Command command, int registrations, Instant now) {
    return new EventCancellation(
        command.cancellationId(),
        command.eventId(),
        command.reason(),
        command.keepFeeBasisPoints(),
        registrations,
        0,
        now,
        null);
  }

  /** Whether somebody asks for what has been done: the same request, or another one like it. */
  boolean isAskedForBy(CancelEvent.Command command) {
    return id.equals(command.cancellationId())
        || (reason.equals(command.reason()) && keepFeeBasisPoints == command.keepFeeBasisPoints());
  }
}
