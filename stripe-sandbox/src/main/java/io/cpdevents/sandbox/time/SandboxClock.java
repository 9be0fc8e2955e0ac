package io.cpdevents.sandbox.time;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The time of Stripe's objects: the machine's time plus an offset, which survives restarts. */
@Component
public class SandboxClock {
  private final JdbcClient jdbc;
  private final Clock machine;
  private final AtomicLong offsetSeconds;

  public SandboxClock(JdbcClient jdbc, Clock machine) {
    this.jdbc = jdbc;
    this.machine = machine;
    this.offsetSeconds =
        new AtomicLong(
            jdbc.sql("SELECT offset_seconds FROM sandbox_clock").query(Long.class).single());
  }

  public long epochSecond() {
    return machine.instant().getEpochSecond() + offsetSeconds.get();
  }

  public Instant instant() {
    return machine.instant().plusSeconds(offsetSeconds.get());
  }

  public long offsetSeconds() {
    return offsetSeconds.get();
  }

  /** Moves the clock forwards or back, without doing the steps that become due. */
  public void setOffsetSeconds(long seconds) {
    jdbc.sql("UPDATE sandbox_clock SET offset_seconds = :seconds")
        .param("seconds", seconds)
        .update();
    offsetSeconds.set(seconds);
  }
}
