package io.cpdevents.payout.payoutaccounts;

import io.cpdevents.payout.stripe.ConnectedAccount;

/** What Stripe may tell about an account. */
public enum PayoutAccountTrigger {
  /** The onboarding has not been completed. */
  FOUND_INCOMPLETE,
  /** It was completed, but Stripe does not pay out. */
  FOUND_RESTRICTED,
  /** Money can be transferred to it and paid out. */
  FOUND_READY,
  /** Its owner has ended the connection with us. */
  DISCONNECTED;

  /** What an account tells. */
  static PayoutAccountTrigger of(ConnectedAccount account) {
    if (account.canReceive() && account.canPayOut() && account.disabledReason() == null) {
      return FOUND_READY;
    }
    return account.detailsSubmitted() ? FOUND_RESTRICTED : FOUND_INCOMPLETE;
  }
}
