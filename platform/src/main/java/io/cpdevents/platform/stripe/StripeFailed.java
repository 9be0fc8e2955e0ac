package io.cpdevents.platform.stripe;

/**
 * Stripe has answered that it failed. The outcome is not known, and for a day Stripe may answer the
 * same whenever it is asked under the same idempotency key.
 */
public final class StripeFailed extends StripeUnavailable {

  private static final long serialVersionUID = 1L;

  StripeFailed(String operation, Throwable cause) {
    super(operation, cause);
  }
}
