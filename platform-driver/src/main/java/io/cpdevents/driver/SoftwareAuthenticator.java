package io.cpdevents.driver;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A device with one passkey, and the browser in front of it: what both do by WebAuthn, level 2, and
 * what a bad one would do.
 */
public final class SoftwareAuthenticator {

  private static final int USER_PRESENT = 0x01;
  private static final int USER_VERIFIED = 0x04;
  private static final int HAS_KEY = 0x40;
  private static final int CREDENTIAL_ID_BYTES = 32;
  private static final int COORDINATE_BYTES = 32;
  private static final int AAGUID_BYTES = 16;

  private final KeyPair key = newKey();
  private final byte[] credentialId = new byte[CREDENTIAL_ID_BYTES];
  private String origin;
  private String rpId = "";
  private String userHandle = "";
  private int counter;
  private boolean verifiesUser = true;

  /** A device, at a page of this origin. */
  public SoftwareAuthenticator(String origin) {
    this.origin = origin;
    new SecureRandom().nextBytes(credentialId);
  }

  /** The page that asks is another one. */
  public SoftwareAuthenticator at(String otherOrigin) {
    origin = otherOrigin;
    return this;
  }

  /** The person is only there: neither a finger nor a number was asked for. */
  public SoftwareAuthenticator withoutVerification() {
    verifiesUser = false;
    return this;
  }

  /** The device asks for the finger again. */
  public SoftwareAuthenticator withVerification() {
    verifiesUser = true;
    return this;
  }

  /** The counter stands there: a copy of the device has an older one. */
  public SoftwareAuthenticator countsFrom(int count) {
    counter = count;
    return this;
  }

  /** It says that it is of another account. */
  public SoftwareAuthenticator saysItIsOf(String otherUserHandle) {
    userHandle = otherUserHandle;
    return this;
  }

  /** What the device knows its account by. */
  public String userHandle() {
    return userHandle;
  }

  /** What it knows the passkey by. */
  public String credentialId() {
    return base64Url(credentialId);
  }

  /** Makes the passkey; answers the body of {@code POST /me/passkeys}. */
  public Map<String, String> makes(String name, String challenge, String forRpId, String handle) {
    rpId = forRpId;
    userHandle = handle;
    byte[] clientData = clientData("webauthn.create", challenge);
    byte[] authenticatorData = authenticatorData(HAS_KEY);
    ByteArrayOutputStream attestation = new ByteArrayOutputStream();
    attestation.write(0xa3);
    text(attestation, "fmt");
    text(attestation, "none");
    text(attestation, "attStmt");
    attestation.write(0xa0);
    text(attestation, "authData");
    bytes(attestation, authenticatorData);
    Map<String, String> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("clientDataJson", base64Url(clientData));
    body.put("attestationObject", base64Url(attestation.toByteArray()));
    return body;
  }

  /** Signs; answers the body of {@code POST /sessions/passkey}. */
  public Map<String, String> signs(String challenge) {
    byte[] clientData = clientData("webauthn.get", challenge);
    byte[] authenticatorData = authenticatorData(0);
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    signed.writeBytes(authenticatorData);
    signed.writeBytes(sha256(clientData));
    Map<String, String> body = new LinkedHashMap<>();
    body.put("credentialId", credentialId());
    body.put("clientDataJson", base64Url(clientData));
    body.put("authenticatorData", base64Url(authenticatorData));
    body.put("signature", base64Url(signature(signed.toByteArray())));
    body.put("userHandle", userHandle);
    return body;
  }

  private byte[] clientData(String type, String challenge) {
    return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
        .formatted(type, challenge, origin)
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] authenticatorData(int moreFlags) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(sha256(rpId.getBytes(StandardCharsets.UTF_8)));
    data.write(USER_PRESENT | (verifiesUser ? USER_VERIFIED : 0) | moreFlags);
    data.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(counter++).array());
    if ((moreFlags & HAS_KEY) != 0) {
      data.writeBytes(new byte[AAGUID_BYTES]);
      data.write(0);
      data.write(CREDENTIAL_ID_BYTES);
      data.writeBytes(credentialId);
      data.writeBytes(coseKey());
    }
    return data.toByteArray();
  }

  /** An ES256 key as COSE writes it. */
  private byte[] coseKey() {
    ECPublicKey publicKey = (ECPublicKey) key.getPublic();
    ByteArrayOutputStream cose = new ByteArrayOutputStream();
    cose.writeBytes(new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21});
    bytes(cose, coordinate(publicKey.getW().getAffineX()));
    cose.write(0x22);
    bytes(cose, coordinate(publicKey.getW().getAffineY()));
    return cose.toByteArray();
  }

  private static byte[] coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    int length = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
    return fixed;
  }

  private static void text(ByteArrayOutputStream cbor, String text) {
    cbor.write(0x60 | text.length());
    cbor.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void bytes(ByteArrayOutputStream cbor, byte[] bytes) {
    cbor.write(0x58);
    cbor.write(bytes.length);
    cbor.writeBytes(bytes);
  }

  private byte[] signature(byte[] message) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
