package io.cpdevents.accounts.zoommeetings;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How long somebody was at a meeting.
 *
 * @param minutes begun ones count as whole ones; those with two devices at once count once
 */
record Attendance(int minutes, Instant joinedAt, Instant leftAt) {

  /** All of somebody's times together; empty when they were not there. */
  static Optional<Attendance> of(Collection<Presence> presences) {
    List<Presence> sorted =
        presences.stream()
            .filter(presence -> presence.leftAt().isAfter(presence.joinedAt()))
            .sorted(Comparator.comparing(Presence::joinedAt))
            .toList();
    if (sorted.isEmpty()) {
      return Optional.empty();
    }
    Duration there = Duration.ZERO;
    Instant until = sorted.getFirst().joinedAt();
    for (Presence presence : sorted) {
      Instant from = presence.joinedAt().isAfter(until) ? presence.joinedAt() : until;
      if (presence.leftAt().isAfter(from)) {
        there = there.plus(Duration.between(from, presence.leftAt()));
        until = presence.leftAt();
      }
    }
    int minutes =
        Math.toIntExact(Math.ceilDiv(there.toSeconds(), Duration.ofMinutes(1).toSeconds()));
    return Optional.of(new Attendance(Math.max(1, minutes), sorted.getFirst().joinedAt(), until));
  }
}
