package io.cpdevents.billing.organizations;

import io.cpdevents.billing.ledger.AlignBreaks;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.OpenBreak;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        breaks(
            BreakKind.ORGANIZATION_NEGATIVE,
            organizationFunds.negativeSince(now.minus(MAX_NEGATIVE_TIME), now)));
    alignBreaks.handle(
        BreakKind.MONEY_LIES_LONG,
        breaks(BreakKind.MONEY_LIES_LONG, organizationFunds.lyingSince(now.minus(MAX_LYING_TIME))));
  }

  static List<OpenBreak.Command> breaks(BreakKind kind, List<Funds> funds) {
    return funds.stream()
        .map(each -> new OpenBreak.Command(kind, each.owner().breakName(), null, each.amount()))
        .toList();
  }
}
