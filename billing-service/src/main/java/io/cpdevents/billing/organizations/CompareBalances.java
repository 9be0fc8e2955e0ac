package io.cpdevents.billing.organizations;

import io.cpdevents.billing.ledger.AlignBreaks;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.time.SystemTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What payout-service says that organizations have is compared with the ledger. Entries may be on
 * their way to it, so a difference opens a break when it is the same some time later.
 */
@Component
public class CompareBalances {

  /** Messages arrive within seconds, and within minutes after a short outage. */
  private static final Duration ON_THE_WAY_TIME = Duration.ofMinutes(10);

  private final OrganizationFunds organizationFunds;
  private final PayoutBalances payoutBalances;
  private final AlignBreaks alignBreaks;
  private final TransactionTemplate transaction;
  private final SystemTime systemTime;

  CompareBalances(
      OrganizationFunds organizationFunds,
      PayoutBalances payoutBalances,
      AlignBreaks alignBreaks,
      TransactionTemplate transaction,
      SystemTime systemTime) {
    this.organizationFunds = organizationFunds;
    this.payoutBalances = payoutBalances;
    this.alignBreaks = alignBreaks;
    this.transaction = transaction;
    this.systemTime = systemTime;
  }

  /** Compares all balances. */
  public void handle() {
    List<Funds> differences = differences();
    Instant now = systemTime.now();
    transaction.executeWithoutResult(_ -> {
      organizationFunds.keepDifferences(differences, now);
      alignBreaks.handle(
          BreakKind.BALANCES_DIFFER,
          WatchFunds.breaks(
              BreakKind.BALANCES_DIFFER,
              organizationFunds.differencesSince(now.minus(ON_THE_WAY_TIME))));
    });
  }

  private List<Funds> differences() {
    List<Funds> ours = organizationFunds.all();
    Map<Funds.Owner, Money> theirs =
        payoutBalances.of(
            ours.stream().map(funds -> funds.owner().organizationId()).distinct().toList());
    return ours.stream()
        .map(funds ->
            new Funds(
                funds.owner(),
                funds
                    .amount()
                    .minus(
                        theirs.getOrDefault(funds.owner(), Money.zero(funds.amount().currency())))))
        .filter(difference -> !difference.amount().isZero())
        .toList();
  }
}
