package io.cpdevents.sandbox.front;

/** The one version of Stripe's API that the sandbox speaks. */
public final class StripeVersion {
  public static final String PINNED = "2026-07-29.dahlia";

  private StripeVersion() {}
}
