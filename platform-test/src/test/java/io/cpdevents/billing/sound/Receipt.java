package io.cpdevents.billing.sound;

import java.time.Instant;
import java.util.UUID;

/** An aggregate that is told what time it is. */
record Receipt(UUID registrationId, Instant at) {

  boolean isOlderThan(Instant time) {
    return at.isBefore(time);
  }
}
