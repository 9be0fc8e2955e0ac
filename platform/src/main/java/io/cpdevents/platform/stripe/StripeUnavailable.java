package io.cpdevents.platform.stripe;

import org.jspecify.annotations.Nullable;

/** Stripe could not be asked, or its answer was lost: the outcome is not known. */
public class StripeUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** For what was asked, and what went wrong. */
  public StripeUnavailable(String operation, @Nullable Throwable cause) {
    super("Stripe did not answer " + operation, cause);
  }
}
