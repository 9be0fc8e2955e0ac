package io.cpdevents.e2e.money;

import io.cpdevents.driver.PublishedEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** An event takes place later than was planned, or earlier. */
record EventIsMoved() implements Step {

  private static final Duration LENGTH = Duration.ofHours(3);

  /** From now; what is over cannot be chosen once somebody has registered. */
  private static final List<Duration> STARTS =
      List.of(
          Duration.ofDays(-40),
          Duration.ofHours(-3),
          Duration.ofDays(2),
          Duration.ofDays(30),
          Duration.ofDays(90));

  @Override
  public Optional<Act> choose(Scenario scenario) {
    PublishedEvent event = scenario.anyEventAtAll();
    Duration start = scenario.any(STARTS);
    return Optional.of(
        new Act(
            "an event is moved: it begins in " + start,
            () -> {
              Instant startsAt = scenario.world().now().plus(start).truncatedTo(ChronoUnit.SECONDS);
              Decisions.expect(
                  scenario.organization().triesToMove(event, startsAt, startsAt.plus(LENGTH)));
            }));
  }
}
