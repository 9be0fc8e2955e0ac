package io.cpdevents.billing.organizations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Once a day of the business clock the money of organizations is looked at; and again while a
 * difference is open, since it may be one that passes.
 */
@Component
public class WatchDaily {

  private static final String FUNDS = "funds";
  private static final Duration INTERVAL = Duration.ofDays(1);

  private final OrganizationFunds organizationFunds;
  private final CompareBalances compareBalances;
  private final WatchFunds watchFunds;
  private final Clock clock;

  WatchDaily(
      OrganizationFunds organizationFunds,
      CompareBalances compareBalances,
      WatchFunds watchFunds,
      Clock clock) {
    this.organizationFunds = organizationFunds;
    this.compareBalances = compareBalances;
    this.watchFunds = watchFunds;
    this.clock = clock;
  }

  /** Looks, if it is time to. */
  public void handle() {
    Instant now = clock.instant();
    boolean isDue = organizationFunds.isDue(FUNDS, now);
    if (isDue) {
      watchFunds.handle();
    }
    if (isDue || organizationFunds.hasDifferences()) {
      compareBalances.handle();
    }
    if (isDue) {
      organizationFunds.setDue(FUNDS, now.plus(INTERVAL));
    }
  }
}
