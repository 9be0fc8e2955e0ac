package io.cpdevents.platform.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Business time: system time, moved by an offset in the local profile so that a trial can end while
 * you watch. It ticks in whole milliseconds: what is decided, stored, told and shown is one and the
 * same time. Tokens, webhook signatures, Kafka, leases and TLS use system time.
 */
public final class BusinessClock extends Clock {

  private final Clock system;
  private final ZoneId zone;
  private final AtomicReference<Duration> offset;

  /** A clock that runs with the system's. */
  public BusinessClock(Duration offset) {
    this(Clock.systemUTC(), ZoneOffset.UTC, new AtomicReference<>(offset));
  }

  private BusinessClock(Clock system, ZoneId zone, AtomicReference<Duration> offset) {
    this.system = system;
    this.zone = zone;
    this.offset = offset;
  }

  /** How far business time is ahead of system time. */
  public Duration offset() {
    return offset.get();
  }

  /** Moves business time; copies with another zone move along. */
  void setOffset(Duration newOffset) {
    offset.set(newOffset);
  }

  @Override
  public Instant instant() {
    return system.instant().plus(offset.get()).truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId newZone) {
    return new BusinessClock(system, newZone, offset);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BusinessClock that
        && zone.equals(that.zone)
        && offset.get().equals(that.offset.get());
  }

  @Override
  public int hashCode() {
    return zone.hashCode() * 31 + offset.get().hashCode();
  }
}
