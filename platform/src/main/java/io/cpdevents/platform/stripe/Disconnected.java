package io.cpdevents.platform.stripe;

import com.stripe.exception.PermissionException;

/** What Stripe answers about an account that is not connected to us, or never was. */
public final class Disconnected {

  /** Stripe's code. */
  public static final String CODE = "account_invalid";

  /** Its HTTP status. */
  public static final int STATUS = 403;

  private Disconnected() {}

  /** Whether Stripe has answered so; {@link StripePlatform} knows whether to believe it. */
  static boolean isCauseOf(StripeUnavailable unavailable) {
    return unavailable.getCause() instanceof PermissionException refused
        && CODE.equals(refused.getCode());
  }
}
