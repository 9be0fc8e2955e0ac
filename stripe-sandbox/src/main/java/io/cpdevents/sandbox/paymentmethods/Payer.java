package io.cpdevents.sandbox.paymentmethods;

import org.jspecify.annotations.Nullable;

/** Who pays, as the page asks them. */
public record Payer(@Nullable String email, @Nullable String name) {
  /** Nobody told their name. */
  public static final Payer UNKNOWN = new Payer(null, null);
}
