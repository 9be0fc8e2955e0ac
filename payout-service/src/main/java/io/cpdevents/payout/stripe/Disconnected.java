package io.cpdevents.payout.stripe;

import com.stripe.exception.PermissionException;
import io.cpdevents.platform.stripe.StripeUnavailable;

/** What Stripe answers about an account that is not connected to us, or never was. */
final class Disconnected {

  /** Stripe's code. */
  static final String CODE = "account_invalid";

  /** Its HTTP status. */
  static final int STATUS = 403;

  private Disconnected() {}

  /** Whether Stripe has answered so; of other answers like this our key is the cause. */
  static boolean isCauseOf(StripeUnavailable unavailable) {
    return unavailable.getCause() instanceof PermissionException refused
        && CODE.equals(refused.getCode());
  }
}
