package io.cpdevents.sandbox.api;

/** The version of Stripe's API that the sandbox supports. */
public final class StripeVersion {
  public static final String PINNED = "2026-07-29.dahlia";

  private StripeVersion() {}
}
