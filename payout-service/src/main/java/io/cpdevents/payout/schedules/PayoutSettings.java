package io.cpdevents.payout.schedules;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The platform's payout rules.
 *
 * @param releaseDaysAfterEvent days after an event's end until what it earned may be paid out, for
 *     organizations for which nothing else is decided
 */
@ConfigurationProperties("cpd.payout")
record PayoutSettings(@DefaultValue("7") int releaseDaysAfterEvent) {

  /** Refuses days that no schedule may have. */
  PayoutSettings {
    if (!ScheduleTerms.isPossible(releaseDaysAfterEvent)) {
      throw new IllegalArgumentException(
          "cpd.payout.release-days-after-event is not between %d and %d: %d"
              .formatted(
                  ScheduleTerms.MIN_RELEASE_DAYS,
                  ScheduleTerms.MAX_RELEASE_DAYS,
                  releaseDaysAfterEvent));
    }
  }
}
