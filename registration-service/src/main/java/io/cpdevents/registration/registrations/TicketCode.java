package io.cpdevents.registration.registrations;

import io.cpdevents.platform.text.Base32;
import java.math.BigInteger;
import java.security.SecureRandom;

/** The secret that is checked at the entrance of an event. Nobody can guess it. */
public final class TicketCode {

  private static final int RANDOM_BITS = 128;
  private static final int CHARACTERS = 26;
  private static final SecureRandom RANDOM = new SecureRandom();

  private TicketCode() {}

  /** A new one. */
  public static String next() {
    return Base32.write(new BigInteger(RANDOM_BITS, RANDOM), CHARACTERS);
  }
}
