package io.cpdevents.payout.payouts;

import io.cpdevents.contracts.ContractsJson;
import java.util.Map;
import java.util.Set;

/** What an organization can do about a payout that has failed. */
public enum FailureRemedy {
  /** Its bank account cannot be paid: it enters another one at Stripe. */
  CHANGE_BANK_ACCOUNT,
  /** Its bank has refused the money: the bank knows why. */
  ASK_THE_BANK,
  /** Stripe wants to know more: it completes its payout account. */
  COMPLETE_PAYOUT_ACCOUNT,
  /** Nothing is wrong with it: it asks for another payout, of what is available now. */
  REQUEST_AGAIN,
  /** It waits until more is available: Stripe does not pay out so little. */
  WAIT_FOR_MORE,
  /** Only the platform can mend it. */
  CONTACT_SUPPORT;

  /** Stripe's codes for a bank account to which it does not pay out any more. */
  private static final Set<String> OF_BANK_ACCOUNT =
      Set.of(
          "account_closed",
          "account_frozen",
          "bank_account_restricted",
          "bank_account_unusable",
          "bank_ownership_changed",
          "debit_not_authorized",
          "incorrect_account_holder_address",
          "incorrect_account_holder_name",
          "incorrect_account_holder_tax_id",
          "incorrect_account_type",
          "invalid_account_number",
          "invalid_account_number_length",
          "invalid_currency",
          "no_account",
          "unsupported_card");

  private static final Map<String, FailureRemedy> OF_REASON =
      Map.of(
          "account-changed", REQUEST_AGAIN,
          "account-disconnected", COMPLETE_PAYOUT_ACCOUNT,
          "account-not-ready", COMPLETE_PAYOUT_ACCOUNT,
          "payouts_not_allowed", COMPLETE_PAYOUT_ACCOUNT,
          "insufficient_capabilities_for_transfer", COMPLETE_PAYOUT_ACCOUNT,
          "balance-changed", REQUEST_AGAIN,
          "could_not_process", REQUEST_AGAIN,
          "declined", ASK_THE_BANK,
          "amount_too_small", WAIT_FOR_MORE);

  /**
   * What helps against this reason.
   *
   * @param failureReason Stripe's code or ours
   */
  static FailureRemedy of(String failureReason) {
    return OF_BANK_ACCOUNT.contains(failureReason)
        ? CHANGE_BANK_ACCOUNT
        : OF_REASON.getOrDefault(failureReason, CONTACT_SUPPORT);
  }

  /** The remedy, kebab-case. */
  String code() {
    return ContractsJson.kebabCase(this);
  }
}
