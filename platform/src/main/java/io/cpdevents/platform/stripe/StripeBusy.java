package io.cpdevents.platform.stripe;

/** Stripe, or our own limit, asks us to come back later: nothing was done. */
public final class StripeBusy extends StripeUnavailable {

  private static final long serialVersionUID = 1L;

  StripeBusy(String operation, Throwable cause) {
    super(operation, cause);
  }
}
