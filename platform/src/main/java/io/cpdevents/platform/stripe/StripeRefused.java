package io.cpdevents.platform.stripe;

import org.jspecify.annotations.Nullable;

/** Stripe has refused for good: asking the same again changes nothing. */
public final class StripeRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable String code;

  /**
   * A refusal.
   *
   * @param operation what was asked
   * @param status the HTTP status
   * @param code Stripe's error code
   */
  public StripeRefused(
      String operation, int status, @Nullable String code, @Nullable Throwable cause) {
    super("Stripe refused %s: %d %s".formatted(operation, status, code), cause);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Stripe's error code, for example {@code charge_already_refunded}. */
  public @Nullable String code() {
    return code;
  }
}
