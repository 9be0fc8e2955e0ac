package io.cpdevents.billing.explanations;

import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.LedgerAccount;
import io.cpdevents.contracts.ContractsJson;
import java.util.Arrays;
import java.util.Optional;

/** What accounts are for and what journals record, as a support person says it. */
final class LedgerWords {

  private LedgerWords() {}

  /** {@code organization} of {@code organization:<id>}. */
  static String kindOf(String account) {
    return account.split(":", 2)[0];
  }

  /** What an account is for. */
  static String account(String account) {
    return constant(LedgerAccount.Kind.class, kindOf(account))
        .map(LedgerWords::words)
        .orElse("The account `" + account + "`");
  }

  /** What a journal of this kind records. */
  static String journal(String kind) {
    return constant(JournalKind.class, kind)
        .map(LedgerWords::words)
        .orElse("A journal `" + kind + "`");
  }

  private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> ContractsJson.kebabCase(each).equals(name))
        .findFirst();
  }

  private static String words(LedgerAccount.Kind kind) {
    return switch (kind) {
      case STRIPE -> "The platform's balance at Stripe";
      case AWAITING_STRIPE -> "Captured, and not yet booked by Stripe";
      case REFUNDS -> "Owed to buyers, and not yet taken by Stripe";
      case SUSPENSE -> "Money whose cause is not known";
      case PLATFORM_FEES -> "The platform's fees";
      case SUBSCRIPTIONS -> "What organizations pay for their plans";
      case STRIPE_FEES -> "What Stripe keeps for payments";
      case DISPUTES -> "Taken by buyers' banks, which have not decided";
      case DISPUTE_FEES -> "What Stripe takes for disputes";
      case BANK -> "The platform's own bank account";
      case EXCHANGE -> "Converted by Stripe into another currency";
      case WRITE_OFFS -> "What nobody will ever pay";
      case ORGANIZATION -> "Earned, and not promised in a payout";
      case HELD -> "Set aside, since buyers' banks dispute payments";
      case IN_PAYOUT -> "Promised in payouts under way";
      case CONNECTED -> "On the organization's own Stripe account";
      case CONNECTED_PAYOUTS -> "On its way to the organization's bank";
    };
  }

  private static String words(JournalKind kind) {
    return switch (kind) {
      case PAYMENT_CAPTURED -> "A buyer has paid";
      case CAPTURE_QUARANTINED -> "A charge has come that no payment wanted";
      case INVOICE_PAID -> "An organization has paid for its plan";
      case BALANCE_TRANSACTION -> "Stripe's balance has moved";
      case CHARGE_IDENTIFIED -> "What Stripe had moved was found to be a payment";
      case REFUND_IDENTIFIED -> "What Stripe had moved was found to be a refund";
      case REFUND_ACCEPTED -> "A refund was promised to the buyer";
      case REFUND_REDUCED -> "Less was left to refund than was promised";
      case REFUND_CANCELLED -> "A refund was called off";
      case DISPUTE_IDENTIFIED -> "What Stripe had moved was found to be a dispute";
      case DISPUTE_HELD -> "Set aside, since the buyer's bank disputes the payment";
      case DISPUTE_RELEASED -> "No longer set aside for a dispute";
      case DISPUTE_LOST -> "Lost to the buyer by a dispute";
      case DISPUTE_LOSS_REVERSED -> "The buyer's bank has given back what was lost";
      case WRITE_OFF_RECOVERED -> "What has come back covers what was written off before";
      case BREAK_RESOLVED -> "Two people have said where the money belongs";
      case TRANSFER_IDENTIFIED -> "What Stripe had moved was found to be a transfer of a payout";
      case CONNECTED_BALANCE_TRANSACTION ->
          "The balance of the organization's own Stripe account has moved";
      case PAYOUT_MADE -> "Promised in a payout";
      case PAYOUT_PAID -> "A payout has reached the bank";
      case PAYOUT_FAILED -> "A payout has failed, and its money is the organization's again";
      case PAYOUT_CANCELLED -> "A payout was cancelled, and its money is the organization's again";
      case PAYOUT_RETURNED -> "The bank has given back a payout that had been paid";
      case LEFT_MONEY_SETTLED -> "Two people have settled what payouts had left on an account";
    };
  }
}
