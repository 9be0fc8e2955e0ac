package io.cpdevents.payout.balances;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The read side of balances. */
@Component
public class BalanceQueries {

  private final Balances balances;
  private final PayoutSettings settings;
  private final Clock clock;

  BalanceQueries(Balances balances, PayoutSettings settings, Clock clock) {
    this.balances = balances;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * An organization's balances as of now, one for each currency it ever had something in, by
   * currency.
   */
  public List<Balance> balancesOf(UUID organizationId) {
    return balances.of(organizationId, clock.instant().minus(settings.releaseTime()));
  }
}
