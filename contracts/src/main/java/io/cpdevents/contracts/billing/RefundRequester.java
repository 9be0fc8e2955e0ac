package io.cpdevents.contracts.billing;

/** Who has asked for a refund by hand. */
public enum RefundRequester {
  /** Somebody of the organization that was paid. */
  ORGANIZATION,
  /** Somebody of the platform's finance. */
  PLATFORM
}
