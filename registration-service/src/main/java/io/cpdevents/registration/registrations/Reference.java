package io.cpdevents.registration.registrations;

import java.math.BigInteger;
import java.util.UUID;

/**
 * The short name of a registration, for example on the phone. It is computed from the id, and
 * knowing it gives no access to anything.
 */
final class Reference {

  private static final int CHARACTERS = 10;
  private static final int GROUP = CHARACTERS / 2;

  private Reference() {}

  static String of(UUID registrationId) {
    String text =
        Base32.write(BigInteger.valueOf(registrationId.getLeastSignificantBits()), CHARACTERS);
    return text.substring(0, GROUP) + "-" + text.substring(GROUP);
  }
}
