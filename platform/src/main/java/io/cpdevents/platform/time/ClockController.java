package io.cpdevents.platform.time;

import io.cpdevents.platform.security.InternalEndpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Moves the business clock of this process. It exists in the local profile only. */
@RestController
@RequestMapping("/internal/clock")
final class ClockController {

  record ClockPosition(long offsetSeconds) {}

  record ClockView(long offsetSeconds, Instant now) {}

  private final BusinessClock business;
  private final Clock clock;

  ClockController(BusinessClock business, Clock clock) {
    this.business = business;
    this.clock = clock;
  }

  @GetMapping
  @InternalEndpoint
  ClockView read() {
    return new ClockView(business.offset().toSeconds(), clock.instant());
  }

  @PostMapping
  @InternalEndpoint
  ClockView move(@RequestBody ClockPosition position) {
    business.setOffset(Duration.ofSeconds(position.offsetSeconds()));
    return read();
  }
}
