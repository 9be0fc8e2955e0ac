package io.cpdevents.notification.disputes;

import io.cpdevents.notification.writing.Phrase;

/** What a card's bank suspects. */
public enum FraudType implements Phrase {
  CARD_LOST,
  CARD_COUNTERFEIT,
  UNAUTHORIZED,
  OTHER;

  /**
   * The constant for Stripe's code.
   *
   * @param fraudType Stripe's {@code fraud_type}; a code that we do not know is {@code OTHER}
   */
  public static FraudType of(String fraudType) {
    return switch (fraudType) {
      case "card_never_received", "made_with_lost_card", "made_with_stolen_card" -> CARD_LOST;
      case "made_with_counterfeit_card", "fraudulent_card_application" -> CARD_COUNTERFEIT;
      case "unauthorized_use_of_card" -> UNAUTHORIZED;
      default -> OTHER;
    };
  }
}
