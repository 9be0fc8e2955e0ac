package io.cpdevents.notification.subscriptions;

import io.cpdevents.notification.writing.Phrase;
import org.jspecify.annotations.Nullable;

/**
 * Why a card was declined, in words for whoever has it. That a card is blocked, because it was lost
 * or somebody is suspected, is its bank's to say: a thief would learn from it.
 */
public enum DeclineReason implements Phrase {
  AUTHENTICATION,
  EXPIRED,
  NO_CARD,
  NO_FUNDS,
  OTHER;

  /** The same; null when nobody knows. */
  public static @Nullable DeclineReason ofKnown(@Nullable String declineCode) {
    return declineCode == null ? null : of(declineCode);
  }

  /**
   * The constant for Stripe's code.
   *
   * @param declineCode one that we do not know is {@code OTHER}, and so is none
   */
  public static DeclineReason of(@Nullable String declineCode) {
    return switch (declineCode) {
      case "authentication_required" -> AUTHENTICATION;
      case "expired_card" -> EXPIRED;
      case "no_payment_method" -> NO_CARD;
      case "insufficient_funds", "card_velocity_exceeded", "withdrawal_count_limit_exceeded" ->
          NO_FUNDS;
      case null, default -> OTHER;
    };
  }
}
