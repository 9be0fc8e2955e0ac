package io.cpdevents.payout.payouts;

import io.cpdevents.contracts.payout.PayoutEvent.PayoutRequested;
import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.payout.balances.BalanceQueries;
import io.cpdevents.payout.payoutaccounts.PayoutAccountQueries;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import java.time.Clock;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Owner or finance of an organization asks for what is available, or for a part of it. */
@Component
public class RequestPayout {

  /**
   * Who wants how much.
   *
   * @param payoutId the same when the same request comes again
   * @param amount null: all that is available
   */
  public record Command(
      UUID payoutId, UUID organizationId, Currency currency, @Nullable Money amount) {}

  private final Payouts payouts;
  private final PayoutAccountQueries accounts;
  private final BalanceQueries balances;
  private final Outbox outbox;
  private final AuditTrail audit;
  private final Clock clock;

  RequestPayout(
      Payouts payouts,
      PayoutAccountQueries accounts,
      BalanceQueries balances,
      Outbox outbox,
      AuditTrail audit,
      Clock clock) {
    this.payouts = payouts;
    this.accounts = accounts;
    this.balances = balances;
    this.outbox = outbox;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Requests the payout; billing sets it aside next.
   *
   * @throws RuleViolation {@code organization-not-found}, {@code role-missing}, {@code
   *     invalid-request}, {@code amount-not-payable}, {@code account-not-ready}, {@code
   *     payout-under-way}, {@code nothing-to-pay-out} or {@code exceeds-available}
   */
  @Transactional
  public PayoutView handle(Command command, Caller caller) {
    caller.requireRole(command.organizationId(), OrganizationRole.FINANCE);
    requireValid(command);
    payouts.lockRequests(command.organizationId(), command.currency());
    Optional<Payout> before = payouts.find(command.payoutId());
    return PayoutView.of(before.orElseGet(() -> request(command)));
  }

  private Payout request(Command command) {
    UUID organizationId = command.organizationId();
    if (!accounts.isReadyFor(organizationId, command.currency())) {
      throw PayoutProblem.ACCOUNT_NOT_READY.violation();
    }
    if (payouts.isUnderWay(organizationId, command.currency())) {
      throw PayoutProblem.PAYOUT_UNDER_WAY.violation();
    }
    Payout payout =
        Payout.requested(command.payoutId(), organizationId, amount(command), clock.instant());
    payouts.insert(payout);
    outbox.append(
        new PayoutRequested(
            payout.id(), organizationId, payout.amount().toAmount(), payout.requestedAt()));
    audit.record(
        "payout.requested",
        "payout",
        payout.id().toString(),
        organizationId,
        Map.of(
            "amountMinor", Long.toString(payout.amount().amountMinor()),
            "currency", command.currency().getCurrencyCode()));
    return payout;
  }

  private Money amount(Command command) {
    Money available = available(command.organizationId(), command.currency());
    Money payable = CurrencyRules.payablePart(available);
    if (!payable.isPositive()) {
      throw PayoutProblem.NOTHING_TO_PAY_OUT.violation();
    }
    Money wanted = command.amount();
    if (wanted == null) {
      return payable;
    }
    if (wanted.compareTo(available) > 0) {
      throw PayoutProblem.EXCEEDS_AVAILABLE.violation();
    }
    return wanted;
  }

  /**
   * What the ledger's entries release, less what payouts promise. The entries of payouts come from
   * billing some time after the payouts are decided here, so they are left out.
   */
  private Money available(UUID organizationId, Currency currency) {
    return balances
        .releasedBeforePayouts(organizationId, currency)
        .minus(payouts.promised(organizationId, currency));
  }

  private static void requireValid(Command command) {
    Money wanted = command.amount();
    if (wanted == null) {
      return;
    }
    if (!wanted.currency().equals(command.currency())) {
      throw FieldProblem.WRONG_CURRENCY.on("amount.currency");
    }
    if (!wanted.isPositive()) {
      throw FieldProblem.OUT_OF_RANGE.on("amount.amountMinor");
    }
    if (!CurrencyRules.payablePart(wanted).equals(wanted)) {
      throw CommonProblem.AMOUNT_NOT_PAYABLE.violation(
          "Stripe pays out only round amounts of this currency; what is left stays available.");
    }
  }
}
