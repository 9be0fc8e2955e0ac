package io.cpdevents.payout.payouts;

import io.cpdevents.contracts.payout.PayoutEvent.PayoutRequested;
import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.payout.balances.BalanceQueries;
import io.cpdevents.payout.payoutaccounts.PayoutAccountQueries;
import io.cpdevents.payout.payouts.PayoutEntries.Released;
import io.cpdevents.payout.payouts.Payouts.LeftMoney;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.util.Currency;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What an organization has available, or a part of it, becomes a payout with its entries. */
@Component
class PlacePayout {

  /**
   * Whose and how much.
   *
   * @param payoutId the same when the same request comes again
   * @param amount null: all that is available
   */
  record Command(UUID payoutId, UUID organizationId, Currency currency, @Nullable Money amount) {}

  private final Payouts payouts;
  private final PayoutEntries entries;
  private final PayoutAccountQueries accounts;
  private final BalanceQueries balances;
  private final Outbox outbox;
  private final AuditTrail audit;
  private final Clock clock;

  PlacePayout(
      Payouts payouts,
      PayoutEntries entries,
      PayoutAccountQueries accounts,
      BalanceQueries balances,
      Outbox outbox,
      AuditTrail audit,
      Clock clock) {
    this.payouts = payouts;
    this.entries = entries;
    this.accounts = accounts;
    this.balances = balances;
    this.outbox = outbox;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Places it; billing sets it aside next.
   *
   * @return the payout that this request has placed, now or before
   * @throws RuleViolation {@code account-not-ready}, {@code payout-under-way}, {@code
   *     nothing-to-pay-out}, {@code money-withheld} or {@code exceeds-available}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  Payout handle(Command command) {
    payouts.lockRequests(command.organizationId(), command.currency());
    return payouts.find(command.payoutId()).orElseGet(() -> place(command));
  }

  private Payout place(Command command) {
    UUID organizationId = command.organizationId();
    String accountId =
        accounts
            .readyAccountId(organizationId, command.currency())
            .orElseThrow(PayoutProblem.ACCOUNT_NOT_READY::violation);
    if (payouts.isUnderWay(organizationId, command.currency())) {
      throw PayoutProblem.PAYOUT_UNDER_WAY.violation();
    }
    Payout payout = insert(command, accountId);
    outbox.append(
        new PayoutRequested(
            payout.id(), organizationId, payout.amount().toAmount(), payout.requestedAt()));
    audit.record(
        "payout.requested",
        "payout",
        payout.id().toString(),
        organizationId,
        new Change(
            Map.of(),
            Map.of(
                "amountMinor", Long.toString(payout.amount().amountMinor()),
                "currency", command.currency().getCurrencyCode())));
    return payout;
  }

  private Payout insert(Command command, String accountId) {
    UUID organizationId = command.organizationId();
    Currency currency = command.currency();
    Released released =
        entries.take(
            command.payoutId(),
            organizationId,
            currency,
            balances.releasedByEndsUntil(organizationId));
    // What lies on a former account may be the organization's already: it is not paid once more.
    Money withheld =
        new Money(
            LeftMoney.elsewhereMinor(payouts.leftMoney(organizationId, currency), accountId),
            currency);
    Money available =
        released.ever().minus(payouts.promised(organizationId, currency)).minus(withheld);
    Payout payout =
        Payout.requested(
            command.payoutId(),
            organizationId,
            amount(command.amount(), available, withheld),
            clock.instant());
    payouts.insert(
        payout,
        new Payouts.Left(
            available.minus(released.unpaid()), available.minus(payout.amount()), withheld));
    return payout;
  }

  private static Money amount(@Nullable Money wanted, Money available, Money withheld) {
    Money payable = CurrencyRules.payablePart(available);
    if (!payable.isPositive()) {
      boolean waitsForPeople = CurrencyRules.payablePart(available.plus(withheld)).isPositive();
      throw (waitsForPeople ? PayoutProblem.MONEY_WITHHELD : PayoutProblem.NOTHING_TO_PAY_OUT)
          .violation();
    }
    if (wanted == null) {
      return payable;
    }
    if (wanted.compareTo(available) > 0) {
      throw PayoutProblem.EXCEEDS_AVAILABLE.violation();
    }
    return wanted;
  }
}
