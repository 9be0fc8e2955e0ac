package io.cpdevents.sandbox.objects;

import java.security.SecureRandom;

/** Ids that look like Stripe's: a prefix for the kind, then letters and digits. */
public final class StripeIds {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int LENGTH = 24;
  private static final int SESSION_LENGTH = 58;
  private static final SecureRandom RANDOM = new SecureRandom();

  private StripeIds() {}

  /** {@code next("cus")} is like {@code cus_NffrFeUfNV2Hib0aQ1xY9PzW}. */
  public static String next(String prefix) {
    return prefix + "_" + letters(LENGTH);
  }

  public static String nextCheckoutSession() {
    return "cs_test_a1" + letters(SESSION_LENGTH);
  }

  /** For client secrets and the like. */
  public static String secretOf(String id) {
    return id + "_secret_" + letters(LENGTH);
  }

  private static String letters(int length) {
    StringBuilder letters = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      letters.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return letters.toString();
  }
}
