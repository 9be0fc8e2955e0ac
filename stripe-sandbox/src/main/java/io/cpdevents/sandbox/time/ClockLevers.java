package io.cpdevents.sandbox.time;

import io.cpdevents.sandbox.api.StripeRefusal;
import java.time.Duration;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Moves the sandbox's clock. Steps that become due are done before the answer. */
@RestController
@RequestMapping("/_sandbox/clock")
class ClockLevers {
  /** Ten years, in both directions. */
  private static final long MAX_OFFSET_SECONDS = Duration.ofDays(3_650).toSeconds();

  private final SandboxClock clock;
  private final MoveClock moveClock;

  ClockLevers(SandboxClock clock, MoveClock moveClock) {
    this.clock = clock;
    this.moveClock = moveClock;
  }

  /** Body of {@code POST clock/advance}. */
  record Advance(long seconds) {}

  /** Body of {@code PUT clock}. */
  record Offset(long offsetSeconds) {}

  /** The clock, as the levers answer it. */
  record ClockView(long offsetSeconds, Instant now) {}

  @GetMapping
  ClockView show() {
    return new ClockView(clock.offsetSeconds(), clock.instant());
  }

  @PostMapping("/advance")
  ClockView advance(@RequestBody Advance advance) {
    return moveTo(clock.offsetSeconds() + advance.seconds());
  }

  @PutMapping
  ClockView set(@RequestBody Offset offset) {
    return moveTo(offset.offsetSeconds());
  }

  private ClockView moveTo(long offsetSeconds) {
    if (Math.abs(offsetSeconds) > MAX_OFFSET_SECONDS) {
      throw StripeRefusal.invalid(
          null, "offsetSeconds", "The clock moves at most ten years from the machine's.");
    }
    moveClock.to(offsetSeconds);
    return show();
  }
}
