package io.cpdevents.sandbox.paymentmethods;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeJson;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Stripe's test cards that the sandbox knows, from https://docs.stripe.com/testing. */
public enum TestCard implements TestMethod {
  VISA("4242424242424242", "visa"),
  MASTERCARD("5555555555554444", "mastercard"),
  AMEX("378282246310005", "amex"),
  /** Asks for authentication (3-D Secure) first. */
  AUTHENTICATION_REQUIRED("4000000000003220", "visa"),
  /** Asks for authentication even when it was set up for later payments. */
  AUTHENTICATION_ALWAYS_REQUIRED("4000002760003184", "visa"),
  /** Pays; a moment later it is disputed as fraudulent. */
  DISPUTED_LATER("4000000000000259", "visa"),
  /** Pays; a moment later it is disputed because nothing was received. */
  DISPUTED_AS_NOT_RECEIVED("4000000000002685", "visa"),
  /** Pays; at once the bank opens an inquiry. */
  INQUIRED("4000000000001976", "visa"),
  /** Pays; at once the bank reports a fraud. */
  REPORTED_AS_FRAUD("4000000000005423", "visa"),
  /** Pays; the money is available at once. */
  AVAILABLE_AT_ONCE("4000000000000077", "visa"),
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

  /**
   * The card behind one of Stripe's test tokens, {@code pm_card_…} or {@code tok_…}; null when it
   * the sandbox does not know it.
   */
  public static @Nullable TestCard ofToken(String token) {
    String rest =
        token.startsWith("pm_card_")
            ? token.substring("pm_card_".length())
            : token.startsWith("tok_") ? token.substring("tok_".length()) : "";
    return switch (rest.startsWith("visa_") ? rest.substring("visa_".length()) : rest) {
      case "visa" -> VISA;
      case "mastercard" -> MASTERCARD;
      case "amex" -> AMEX;
      case "chargeDeclined" -> DECLINED;
      case "chargeDeclinedInsufficientFunds" -> INSUFFICIENT_FUNDS;
      case "chargeDeclinedLostCard" -> LOST;
      case "chargeDeclinedStolenCard" -> STOLEN;
      case "chargeDeclinedExpiredCard" -> EXPIRED;
      case "chargeDeclinedIncorrectCvc" -> WRONG_CVC;
      case "chargeDeclinedProcessingError" -> PROCESSING_ERROR;
      case "chargeCustomerFail" -> DECLINES_AFTER_ATTACHING;
      case "threeDSecure2Required" -> AUTHENTICATION_REQUIRED;
      case "authenticationRequired" -> AUTHENTICATION_ALWAYS_REQUIRED;
      case "createDispute" -> DISPUTED_LATER;
      case "createDisputeProductNotReceived" -> DISPUTED_AS_NOT_RECEIVED;
      case "createDisputeInquiry" -> INQUIRED;
      case "createIssuerFraudRecord" -> REPORTED_AS_FRAUD;
      case "bypassPending" -> AVAILABLE_AT_ONCE;
      case "refundFail" -> REFUND_FAILS_LATER;
      case "pendingRefund" -> REFUND_SUCCEEDS_LATER;
      default -> null;
    };
  }

  public String brand() {
    return brand;
  }

  public String last4() {
    return number.substring(number.length() - 4);
  }

  public String fingerprint() {
    return "Fp" + name().replace("_", "") + last4();
  }

  @Override
  public String type() {
    return "card";
  }

  @Override
  public void describe(ObjectNode paymentMethod) {
    ObjectNode cardDetails = (ObjectNode) paymentMethod.get(type());
    cardDetails.put("brand", brand);
    cardDetails.put("display_brand", brand);
    cardDetails.put("country", "US");
    cardDetails.put("fingerprint", fingerprint());
    cardDetails.put("last4", last4());
    ((ObjectNode) cardDetails.get("networks")).putArray("available").add(brand);
  }

  @Override
  public ObjectNode detailsOfCharge(ObjectNode paymentMethod) {
    ObjectNode cardDetails = StripeJson.object();
    for (String field :
        new String[] {
          "brand", "checks", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4"
        }) {
      cardDetails.set(field, paymentMethod.get(type()).get(field).deepCopy());
    }
    cardDetails.put("network", brand);
    cardDetails.putNull("three_d_secure");
    cardDetails.putNull("wallet");
    return cardDetails;
  }

  @Override
  public boolean needsAuthentication() {
    return this == AUTHENTICATION_REQUIRED || this == AUTHENTICATION_ALWAYS_REQUIRED;
  }

  @Override
  public @Nullable StripeRefusal decline() {
    String why = code;
    return why == null ? null : StripeRefusal.card(why, declineCode, message);
  }

  @Override
  public @Nullable StripeRefusal declineOfSetup() {
    return this == DECLINES_AFTER_ATTACHING ? null : decline();
  }

  @Override
  public boolean isSlow() {
    return false;
  }

  @Override
  public boolean failsLater() {
    return false;
  }
}
