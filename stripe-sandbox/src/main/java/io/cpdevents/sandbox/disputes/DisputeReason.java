package io.cpdevents.sandbox.disputes;

import io.cpdevents.sandbox.api.StripeRefusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Stripe's reasons for disputes, with the networks' codes for them. */
enum DisputeReason {
  BANK_CANNOT_PROCESS("13.9"),
  CHECK_RETURNED("13.9"),
  CREDIT_NOT_PROCESSED("13.7"),
  CUSTOMER_INITIATED("13.9"),
  DEBIT_NOT_AUTHORIZED("10.4"),
  DUPLICATE("12.6.1"),
  FRAUDULENT("10.4"),
  GENERAL("13.9"),
  INCORRECT_ACCOUNT_DETAILS("12.4"),
  INSUFFICIENT_FUNDS("11.3"),
  NONCOMPLIANT("12.7"),
  PRODUCT_NOT_RECEIVED("13.1"),
  PRODUCT_UNACCEPTABLE("13.3"),
  SUBSCRIPTION_CANCELED("13.2"),
  UNRECOGNIZED("10.4");

  private final String networkCode;

  DisputeReason(String networkCode) {
    this.networkCode = networkCode;
  }

  static DisputeReason of(String word) {
    return Arrays.stream(values())
        .filter(reason -> reason.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            StripeRefusal.invalid(
                null,
                "reason",
                "Invalid reason: must be one of "
                    + Arrays.stream(values())
                        .map(DisputeReason::word)
                        .collect(Collectors.joining(", "))));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String networkCode() {
    return networkCode;
  }
}
