package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.api.StripeRefusal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The number of a bank account. Payouts to some of Stripe's test numbers fail, see
 * https://docs.stripe.com/connect/testing#account-numbers.
 *
 * @param routing null for an IBAN
 */
record BankNumbers(String account, @Nullable String routing) {
  private static final Pattern IBAN = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{4,17}");

  /** Failure codes by the end of the number. */
  private static final Map<String, String> FAILURES =
      Map.of(
          "11111116", "no_account",
          "11111113", "account_closed",
          "22222227", "insufficient_funds",
          "33333335", "debit_not_authorized",
          "44444440", "invalid_currency",
          "0532013001", "no_account",
          "0532013002", "account_closed",
          "0532013003", "insufficient_funds",
          "0532013004", "debit_not_authorized",
          "0532013005", "invalid_currency");

  private static final String US_ROUTING = "110000000";

  /** Stripe's test tokens for bank accounts in the United States. */
  private static final Map<String, String> TOKENS =
      Map.of(
          "btok_us", "000123456789",
          "btok_us_verified", "000123456789",
          "btok_us_verified_noAccount", "000111111116",
          "btok_us_verified_accountClosed", "000111111113",
          "btok_us_verified_insufficientFunds", "000222222227",
          "btok_us_verified_debitNotAuthorized", "000333333335",
          "btok_us_verified_invalidCurrency", "000444444440");

  /** Refuses numbers that no bank account has. */
  static BankNumbers of(String country, String account, @Nullable String routing, String param) {
    String number = account.replace(" ", "").replace("-", "");
    if (IBAN.matcher(number).matches()) {
      if (!number.startsWith(country)) {
        throw StripeRefusal.invalid(
            "account_country_invalid_address",
            param,
            "The IBAN must be one of the country %s.".formatted(country));
      }
      return new BankNumbers(number, null);
    }
    if (!DIGITS.matcher(number).matches()) {
      throw StripeRefusal.invalid(
          "account_number_invalid",
          param,
          "The bank account number provided is invalid (%s).".formatted(number));
    }
    if (routing == null) {
      throw StripeRefusal.invalid(
          "routing_number_invalid", param, "A routing number is required in " + country + ".");
    }
    return new BankNumbers(number, routing);
  }

  /** The number behind one of Stripe's test tokens. */
  static BankNumbers ofToken(String token, String param) {
    String number = TOKENS.get(token);
    if (number == null) {
      throw StripeRefusal.noSuchParameter("token", token, param);
    }
    return new BankNumbers(number, US_ROUTING);
  }

  String last4() {
    return account.substring(account.length() - 4);
  }

  /** The same for the same bank account. */
  String fingerprint() {
    String name = account + "/" + routing;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "")
        .substring(0, 16);
  }

  /** The code with which payouts to this number fail; null when they arrive. */
  @Nullable String payoutFailure() {
    return FAILURES.entrySet().stream()
        .filter(failure -> account.endsWith(failure.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }
}
