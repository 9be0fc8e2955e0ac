package io.cpdevents.registration.registrations;

import java.math.BigInteger;
import java.util.UUID;

/** What people call a registration on the phone; it follows from the id and opens nothing. */
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
