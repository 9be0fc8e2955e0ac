package io.cpdevents.notification.refunds;

import io.cpdevents.notification.writing.Phrase;
import org.jspecify.annotations.Nullable;

/** Why a refund did not arrive, as far as that tells the buyer something. */
public enum RefundFailureReason implements Phrase {
  CARD_EXPIRED,
  CARD_LOST,
  DECLINED,
  OTHER;

  /**
   * The constant for Stripe's code.
   *
   * @param failureReason Stripe's {@code failure_reason}; null when Stripe gives none
   */
  public static RefundFailureReason of(@Nullable String failureReason) {
    return switch (failureReason) {
      case "expired_or_canceled_card" -> CARD_EXPIRED;
      case "lost_or_stolen_card" -> CARD_LOST;
      case "declined" -> DECLINED;
      case null, default -> OTHER;
    };
  }
}
