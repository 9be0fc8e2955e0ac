package io.cpdevents.platform.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** The business clock of a test: it stands still until the test moves it. */
public final class MutableClock extends Clock {

  /** Where every context begins. */
  public static final Instant START = Instant.parse("2027-03-01T15:00:00Z");

  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  /** Starts at {@link #START}, in UTC. */
  public MutableClock() {
    this(new AtomicReference<>(START), ZoneOffset.UTC);
  }

  private MutableClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /** Moves the clock forward and returns the new time. */
  public Instant advance(Duration duration) {
    return now.updateAndGet(instant -> instant.plus(duration));
  }

  /** Sets the clock, also back. */
  public void set(Instant instant) {
    now.set(instant);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same clock, seen from another zone. */
  @Override
  public Clock withZone(ZoneId other) {
    return new MutableClock(now, other);
  }
}
