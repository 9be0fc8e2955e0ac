package io.cpdevents.registration.tickets;

import io.cpdevents.platform.sql.UsualTime;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether buyers may give tickets of an event to others and correct names; the organization always
 * may, until the event is over.
 *
 * @param until null: until the event starts
 */
public record TransferRules(@NotNull Boolean allowed, @Nullable @UsualTime Instant until) {

  /** Those of an event whose organization has not decided. */
  static final TransferRules DEFAULT = new TransferRules(true, null);

  /** Whether a buyer may at this time. */
  boolean allowAt(Instant time, Instant eventStartsAt) {
    Instant end = until == null || until.isAfter(eventStartsAt) ? eventStartsAt : until;
    return allowed && time.isBefore(end);
  }
}
