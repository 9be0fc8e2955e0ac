package io.cpdevents.contracts.payout;

/** Whose it is what payouts have left on an account that cannot be used any more. */
public enum LeftMoneyBearer {
  /** The organization has it. */
  ORGANIZATION,
  /** It is lost to the platform, which still owes it to the organization. */
  PLATFORM
}
