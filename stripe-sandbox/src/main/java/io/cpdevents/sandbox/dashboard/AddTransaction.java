package io.cpdevents.sandbox.dashboard;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.balance.BalanceEntry;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.payouts.CreatePayout;
import io.cpdevents.sandbox.topups.CreateTopup;
import org.springframework.stereotype.Component;

/** Changes a balance without a request of the platform: in the dashboard, or by Stripe itself. */
@Component
class AddTransaction {
  /** The inner fact of balance transactions that have no object as their source. */
  static final String UNREQUESTED = "unrequested";

  private final BalanceTransactions transactions;
  private final CreatePayout createPayout;
  private final CreateTopup createTopup;
  private final StripeObjects objects;

  AddTransaction(
      BalanceTransactions transactions,
      CreatePayout createPayout,
      CreateTopup createTopup,
      StripeObjects objects) {
    this.transactions = transactions;
    this.createPayout = createPayout;
    this.createTopup = createTopup;
    this.objects = objects;
  }

  /** Adds a balance transaction of this amount, which is negative when it is subtracted. */
  StripeObject handle(String account, UnrequestedType type, long amount, String currency) {
    return switch (type) {
      case PAYOUT -> payOut(account, amount, currency);
      case TOPUP -> topUp(account, amount, currency);
      default -> {
        StripeObject transaction =
            transactions.addWithoutSource(account, currency, entry(type, amount));
        transaction.inner().put(UNREQUESTED, true);
        yield transaction;
      }
    };
  }

  private static BalanceEntry entry(UnrequestedType type, long amount) {
    return BalanceEntry.of(
        type.stripeName(), type.category(), amount, "Not requested by the platform");
  }

  private StripeObject payOut(String account, long amount, String currency) {
    if (amount >= 0) {
      throw StripeRefusal.invalid(
          null, "amountMinor", "A payout is subtracted from the balance: amountMinor is negative.");
    }
    StripeObject payout = createPayout.handle(CreatePayout.Wanted.of(account, -amount, currency));
    return objects.find(account, payout.requiredText("balance_transaction")).orElseThrow();
  }

  private StripeObject topUp(String account, long amount, String currency) {
    if (amount <= 0) {
      throw StripeRefusal.invalid(
          null, "amountMinor", "A top-up is added to the balance: amountMinor is positive.");
    }
    StripeObject topup = createTopup.handle(CreateTopup.Wanted.of(account, amount, currency));
    return transactionOf(topup);
  }

  private StripeObject transactionOf(StripeObject source) {
    return objects.find(source.account(), source.requiredText("balance_transaction")).orElseThrow();
  }
}
