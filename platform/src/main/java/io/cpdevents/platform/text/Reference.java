package io.cpdevents.platform.text;

import java.math.BigInteger;
import java.util.UUID;

/**
 * The short name of a registration, for example on the phone. It is computed from the id, and
 * knowing it gives no access to anything.
 */
public final class Reference {

  private static final int CHARACTERS = 10;
  private static final int GROUP = CHARACTERS / 2;

  private Reference() {}

  /** The short name of the registration with this id, for example {@code 7K3QZ-0M4XD}. */
  public static String of(UUID registrationId) {
    String text =
        Base32.write(BigInteger.valueOf(registrationId.getLeastSignificantBits()), CHARACTERS);
    return text.substring(0, GROUP) + "-" + text.substring(GROUP);
  }
}
