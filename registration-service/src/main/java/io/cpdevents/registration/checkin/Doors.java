package io.cpdevents.registration.checkin;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.EventStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** When people are let into an event. */
record Doors(
    UUID eventId, UUID organizationId, EventStatus status, Instant startsAt, Instant endsAt) {

  /** Some come on the evening before; whoever is checked in earlier cannot be meant. */
  static final Duration BEFORE_START = Duration.ofDays(1);

  /** Lists on paper are typed in later. */
  static final Duration AFTER_END = Duration.ofDays(1);

  /** Until then scanners that were offline upload what they have seen. */
  static final Duration UPLOADS_AFTER_END = Duration.ofDays(30);

  /** How much the clock of a scanner may be ahead. */
  static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMinutes(2);

  Instant openAt() {
    return startsAt.minus(BEFORE_START);
  }

  Instant closeAt() {
    return endsAt.plus(AFTER_END);
  }

  /**
   * Asks that people are let in now.
   *
   * @throws RuleViolation {@code event-cancelled} or {@code check-in-closed}
   */
  void requireOpen(Instant now) {
    if (status == EventStatus.CANCELLED) {
      throw RegistrationProblem.EVENT_CANCELLED.violation();
    }
    if (now.isBefore(openAt()) || !now.isBefore(closeAt())) {
      throw RegistrationProblem.CHECK_IN_CLOSED.violation();
    }
  }

  /**
   * Asks that scans are still taken.
   *
   * @throws RuleViolation {@code check-in-closed}
   */
  void requireUploads(Instant now) {
    if (!now.isBefore(endsAt.plus(UPLOADS_AFTER_END))) {
      throw RegistrationProblem.CHECK_IN_CLOSED.violation();
    }
  }

  /** Why nobody can have been let in at the time that a scanner says; empty when somebody can. */
  Optional<ScanResult> refusal(Instant scannedAt, Instant now) {
    if (scannedAt.isAfter(now.plus(MAX_CLOCK_DIFFERENCE))) {
      return Optional.of(ScanResult.IN_THE_FUTURE);
    }
    if (scannedAt.isBefore(openAt())) {
      return Optional.of(ScanResult.TOO_EARLY);
    }
    return scannedAt.isBefore(closeAt()) ? Optional.empty() : Optional.of(ScanResult.TOO_LATE);
  }
}
