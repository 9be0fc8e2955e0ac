package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.api.StripeRefusal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Stripe's test cards that the sandbox knows, from https://docs.stripe.com/testing. */
public enum TestCard {
  VISA("4242424242424242", "visa"),
  MASTERCARD("5555555555554444", "mastercard"),
  AMEX("378282246310005", "amex"),
  /** Asks for authentication (3-D Secure) first. */
  AUTHENTICATION_REQUIRED("4000000000003220", "visa"),
  /** Pays; its dispute does not exist here yet. */
  DISPUTED_LATER("4000000000000259", "visa"),
  /** Pays; a refund succeeds at first and fails later. */
  REFUND_FAILS_LATER("4000000000005126", "visa"),
  /** Pays; a refund is pending at first and succeeds later. */
  REFUND_SUCCEEDS_LATER("4000000000007726", "visa"),
  DECLINED("4000000000000002", "card_declined", "generic_decline", "Your card was declined."),
  INSUFFICIENT_FUNDS(
      "4000000000009995",
      "card_declined",
      "insufficient_funds",
      "Your card has insufficient funds."),
  LOST("4000000000009987", "card_declined", "lost_card", "Your card was declined."),
  STOLEN("4000000000009979", "card_declined", "stolen_card", "Your card was declined."),
  EXPIRED("4000000000000069", "expired_card", null, "Your card has expired."),
  WRONG_CVC("4000000000000127", "incorrect_cvc", null, "Your card's security code is incorrect."),
  PROCESSING_ERROR(
      "4000000000000119",
      "processing_error",
      null,
      "An error occurred while processing your card. Try again in a little bit."),
  /** Can be attached to a customer, but every payment is declined. */
  DECLINES_AFTER_ATTACHING(
      "4000000000000341", "card_declined", "generic_decline", "Your card was declined.");

  private final String number;
  private final String brand;
  private final @Nullable String code;
  private final @Nullable String declineCode;
  private final String message;

  TestCard(String number, String brand) {
    this.number = number;
    this.brand = brand;
    this.code = null;
    this.declineCode = null;
    this.message = "";
  }

  TestCard(String number, String code, @Nullable String declineCode, String message) {
    this.number = number;
    this.brand = "visa";
    this.code = code;
    this.declineCode = declineCode;
    this.message = message;
  }

  /**
   * The card with this number; spaces and dashes do not matter.
   *
   * @throws StripeRefusal 402 when it is none of Stripe's test cards
   */
  public static TestCard of(String number) {
    String digits = number.replace(" ", "").replace("-", "");
    return Arrays.stream(values())
        .filter(card -> card.number.equals(digits))
        .findFirst()
        .orElseThrow(
            () -> StripeRefusal.card("incorrect_number", null, "Your card number is incorrect."));
  }

  /** The card behind one of Stripe's test tokens; null when the sandbox does not know it. */
  static @Nullable TestCard ofToken(String token) {
    return switch (token) {
      case "pm_card_visa" -> VISA;
      case "pm_card_mastercard" -> MASTERCARD;
      case "pm_card_amex" -> AMEX;
      case "pm_card_chargeDeclined", "pm_card_visa_chargeDeclined" -> DECLINED;
      case "pm_card_chargeDeclinedInsufficientFunds",
          "pm_card_visa_chargeDeclinedInsufficientFunds" ->
          INSUFFICIENT_FUNDS;
      case "pm_card_chargeDeclinedExpiredCard", "pm_card_visa_chargeDeclinedExpiredCard" -> EXPIRED;
      case "pm_card_threeDSecure2Required" -> AUTHENTICATION_REQUIRED;
      case "pm_card_createDispute" -> DISPUTED_LATER;
      case "pm_card_refundFail" -> REFUND_FAILS_LATER;
      case "pm_card_pendingRefund" -> REFUND_SUCCEEDS_LATER;
      case "pm_card_chargeCustomerFail" -> DECLINES_AFTER_ATTACHING;
      default -> null;
    };
  }

  public String brand() {
    return brand;
  }

  public String last4() {
    return number.substring(number.length() - 4);
  }

  boolean needsAuthentication() {
    return this == AUTHENTICATION_REQUIRED;
  }

  /** Why it does not pay; null when it pays. */
  @Nullable StripeRefusal decline() {
    String why = code;
    return why == null ? null : StripeRefusal.card(why, declineCode, message);
  }
}
