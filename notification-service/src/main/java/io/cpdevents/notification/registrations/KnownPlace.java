package io.cpdevents.notification.registrations;

import io.cpdevents.notification.registrations.RegistrationContent.EventContent;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When and where an event was to take place, as those who had registered know it.
 *
 * @param mode {@code in-person}, {@code online} or {@code hybrid}
 */
public record KnownPlace(Instant startsAt, Instant endsAt, String mode, @Nullable String venue) {

  /** Whether there was no place to go to. */
  boolean isOnline() {
    return mode.equals("online");
  }

  /** Whether the event takes place as it is known. */
  boolean isOf(EventContent event) {
    return startsAt.equals(event.startsAt())
        && endsAt.equals(event.endsAt())
        && mode.equals(event.mode())
        && Objects.equals(venue, event.venue());
  }
}
