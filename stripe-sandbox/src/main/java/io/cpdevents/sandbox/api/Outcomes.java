package io.cpdevents.sandbox.api;

import org.jspecify.annotations.Nullable;

/** Parses the outcome in the body of a lever. */
public final class Outcomes {
  private Outcomes() {}

  /** Whether the outcome is {@code succeeded}; refuses all but that and {@code failed}. */
  public static boolean succeeded(@Nullable String outcome) {
    return switch (outcome) {
      case "succeeded" -> true;
      case "failed" -> false;
      case null, default ->
          throw StripeRefusal.invalid(
              null, "outcome", "Invalid outcome: must be one of succeeded, failed");
    };
  }
}
