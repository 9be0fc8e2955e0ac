package io.cpdevents.registration.usage;

import io.cpdevents.contracts.registration.UsageEvent.UsageMarkReached;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Organizations are told when 80 and 100 % of their registrations of a month are used. */
@Component
public class WatchUsage {

  /** Nothing is stopped by being told some minutes later. */
  static final Duration INTERVAL = Duration.ofMinutes(10);

  private static final int MAX_BATCH_ROWS = 50;
  private static final List<Integer> MARKS_PERCENT = List.of(80, 100);
  private static final int WHOLE_PERCENT = 100;

  private final Usage usage;
  private final Outbox outbox;
  private final Clock clock;

  WatchUsage(Usage usage, Outbox outbox, Clock clock) {
    this.usage = usage;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Looks at a batch of organizations. Returns how many it had. */
  @Transactional
  public int handle() {
    Instant now = clock.instant();
    List<Usage.Limited> due = usage.toLookAt(now, MAX_BATCH_ROWS);
    for (Usage.Limited limited : due) {
      tellMark(limited, now);
      usage.lookAgain(limited.organizationId(), now.plus(INTERVAL));
    }
    return due.size();
  }

  /** When both marks are reached between two looks, the higher one says it all. */
  private void tellMark(Usage.Limited limited, Instant now) {
    UsagePeriod period = UsagePeriod.of(now);
    int used = usage.registrations(limited.organizationId(), period);
    OptionalInt reached =
        MARKS_PERCENT.stream()
            .filter(
                percent -> (long) used * WHOLE_PERCENT >= (long) percent * limited.registrations())
            .filter(percent -> usage.addMark(limited, period, percent, now))
            .mapToInt(Integer::intValue)
            .max();
    if (reached.isPresent()) {
      outbox.append(
          new UsageMarkReached(
              limited.organizationId(),
              reached.getAsInt(),
              used,
              limited.registrations(),
              period.end(),
              now));
    }
  }
}
