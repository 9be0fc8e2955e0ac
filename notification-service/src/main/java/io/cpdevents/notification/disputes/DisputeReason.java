package io.cpdevents.notification.disputes;

import io.cpdevents.notification.writing.Phrase;

/** Why a payment is disputed, in words for somebody who never had a dispute. */
public enum DisputeReason implements Phrase {
  FRAUDULENT,
  UNRECOGNIZED,
  PRODUCT_NOT_RECEIVED,
  PRODUCT_UNACCEPTABLE,
  CREDIT_NOT_PROCESSED,
  DUPLICATE,
  SUBSCRIPTION_CANCELED,
  BANK_REFUSED,
  OTHER;

  /**
   * The constant for Stripe's code.
   *
   * @param reason Stripe's {@code reason}; a code that we do not know is {@code OTHER}
   */
  public static DisputeReason of(String reason) {
    return switch (reason) {
      case "fraudulent" -> FRAUDULENT;
      case "unrecognized" -> UNRECOGNIZED;
      case "product_not_received" -> PRODUCT_NOT_RECEIVED;
      case "product_unacceptable" -> PRODUCT_UNACCEPTABLE;
      case "credit_not_processed" -> CREDIT_NOT_PROCESSED;
      case "duplicate" -> DUPLICATE;
      case "subscription_canceled" -> SUBSCRIPTION_CANCELED;
      case "bank_cannot_process",
          "check_returned",
          "debit_not_authorized",
          "incorrect_account_details",
          "insufficient_funds" ->
          BANK_REFUSED;
      default -> OTHER;
    };
  }
}
