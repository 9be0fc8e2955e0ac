package io.cpdevents.registration.registrations;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** By what it is known who comes from the same network, without keeping where that is. */
public final class NetworkDigest {

  private NetworkDigest() {}

  /** The SHA-256 of an event (or an organization) and a network: across them it says nothing. */
  public static byte[] of(UUID about, String network) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest((about + " " + network).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
