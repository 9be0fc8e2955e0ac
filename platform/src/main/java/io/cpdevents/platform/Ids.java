package io.cpdevents.platform;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Instant;
import java.util.UUID;

/** UUIDv7 ids: sortable by time, and never a secret. */
public final class Ids {

  private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();
  private static final int TIMESTAMP_SHIFT_BITS = 16;
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000000000000000L;

  private Ids() {}

  /** A new id; ids of one process sort in the order of their creation. */
  public static UUID next() {
    return GENERATOR.generate();
  }

  /** The smallest id that can have been created at this instant: a bound for ranges of time. */
  public static UUID smallestAt(Instant instant) {
    return new UUID((instant.toEpochMilli() << TIMESTAMP_SHIFT_BITS) | VERSION_7, VARIANT);
  }
}
