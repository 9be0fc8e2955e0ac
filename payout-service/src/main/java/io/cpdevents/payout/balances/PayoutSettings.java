package io.cpdevents.payout.balances;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The platform's payout rules.
 *
 * @param releaseDaysAfterEvent days after an event's end until what it earned may be paid out
 */
@ConfigurationProperties("cpd.payout")
public record PayoutSettings(@DefaultValue("7") int releaseDaysAfterEvent) {

  /** Refuses a negative number of days. */
  public PayoutSettings {
    if (releaseDaysAfterEvent < 0) {
      throw new IllegalArgumentException(
          "cpd.payout.release-days-after-event is negative: " + releaseDaysAfterEvent);
    }
  }

  /** The same as a duration of whole days of 24 hours. */
  Duration releaseTime() {
    return Duration.ofDays(releaseDaysAfterEvent);
  }
}
