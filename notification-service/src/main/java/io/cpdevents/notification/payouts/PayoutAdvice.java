package io.cpdevents.notification.payouts;

import io.cpdevents.notification.writing.Phrase;

/** What an organization can do about a payout that has failed. */
public enum PayoutAdvice implements Phrase {
  CHANGE_BANK_ACCOUNT,
  ASK_THE_BANK,
  COMPLETE_PAYOUT_ACCOUNT,
  REQUEST_AGAIN,
  WAIT_FOR_MORE,
  CONTACT_SUPPORT;

  /**
   * The constant for what payout-service says.
   *
   * @param failureRemedy kebab-case
   */
  public static PayoutAdvice of(String failureRemedy) {
    return switch (failureRemedy) {
      case "change-bank-account" -> CHANGE_BANK_ACCOUNT;
      case "ask-the-bank" -> ASK_THE_BANK;
      case "complete-payout-account" -> COMPLETE_PAYOUT_ACCOUNT;
      case "request-again" -> REQUEST_AGAIN;
      case "wait-for-more" -> WAIT_FOR_MORE;
      default -> CONTACT_SUPPORT;
    };
  }

  /** Whether the payout account is where it is done. */
  boolean concernsAccount() {
    return this == CHANGE_BANK_ACCOUNT || this == COMPLETE_PAYOUT_ACCOUNT;
  }
}
