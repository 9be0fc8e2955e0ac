package io.cpdevents.payout.payouts;

/** Why a payout does not go on at the moment. */
public enum WaitsFor {
  /** Stripe says that the platform has too little that is available. */
  PLATFORM_BALANCE,
  /** The account of the organization has less than we have left there. */
  ACCOUNT_BALANCE
}
