package io.cpdevents.billing.organizations;

import io.cpdevents.billing.ledger.AlignBreaks;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finance is told of organizations that keep owing the platform money, and of money that lies with
 * the platform longer than Stripe may let it.
 */
@Component
public class WatchFunds {

  /** Later sales net most debts within this time. */
  private static final Duration MAX_NEGATIVE_TIME = Duration.ofDays(14);

  /**
   * Stripe lets a platform with manual payouts hold money for 90 days in most countries; this
   * leaves two weeks to act (docs.stripe.com/connect/manual-payouts).
   */
  private static final Duration MAX_LYING_TIME = Duration.ofDays(75);

  private final OrganizationFunds organizationFunds;
  private final AlignBreaks alignBreaks;
  private final Clock clock;

  WatchFunds(OrganizationFunds organizationFunds, AlignBreaks alignBreaks, Clock clock) {
    this.organizationFunds = organizationFunds;
    this.alignBreaks = alignBreaks;
    this.clock = clock;
  }

  /** Looks at all of them. */
  @Transactional
  public void handle() {
    Instant now = clock.instant();
    alignBreaks.handle(
        BreakKind.ORGANIZATION_NEGATIVE,
        byBreakName(organizationFunds.negativeSince(now.minus(MAX_NEGATIVE_TIME), now)));
    alignBreaks.handle(
        BreakKind.MONEY_LIES_LONG,
        byBreakName(organizationFunds.lyingSince(now.minus(MAX_LYING_TIME))));
  }

  static Map<String, Money> byBreakName(List<Funds> funds) {
    return funds.stream()
        .collect(Collectors.toMap(each -> each.owner().breakName(), Funds::amount));
  }
}
