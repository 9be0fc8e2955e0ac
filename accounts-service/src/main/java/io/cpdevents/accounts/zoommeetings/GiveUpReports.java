package io.cpdevents.accounts.zoommeetings;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who attended an event could not be read for a month: registrants are forgotten all the same. */
@Component
public class GiveUpReports {

  /** Zoom keeps reports for months, but people are not remembered for them for ever. */
  static final Duration MAX_WAIT_TIME = Duration.ofDays(30);

  private static final int MAX_BATCH_ROWS = 20;

  private final Attendances attendances;
  private final ZoomRegistrants registrants;
  private final Clock clock;

  GiveUpReports(Attendances attendances, ZoomRegistrants registrants, Clock clock) {
    this.attendances = attendances;
    this.registrants = registrants;
    this.clock = clock;
  }

  /** Gives up one batch; returns how many there were. */
  @Transactional
  public int handle() {
    List<UUID> given =
        attendances.giveUpDueBefore(clock.instant().minus(MAX_WAIT_TIME), MAX_BATCH_ROWS);
    given.forEach(registrants::removeAllOf);
    return given.size();
  }
}
