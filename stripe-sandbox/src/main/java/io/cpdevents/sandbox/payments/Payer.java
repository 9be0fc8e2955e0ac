package io.cpdevents.sandbox.payments;

import org.jspecify.annotations.Nullable;

/** The person who pays, as they filled in the page. */
public record Payer(@Nullable String email, @Nullable String name) {
  /** A person of whom nothing is known. */
  public static final Payer UNKNOWN = new Payer(null, null);
}
