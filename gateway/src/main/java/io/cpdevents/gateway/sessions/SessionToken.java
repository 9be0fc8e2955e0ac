package io.cpdevents.gateway.sessions;

import io.cpdevents.gateway.problem.Refusal;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The session token that a caller sent, or the API key.
 *
 * @param secret opaque; it is sent to accounts-service and nowhere else. Empty when what was sent
 *     cannot be a token
 * @param fromCookie whether it came in a cookie, which browsers send by themselves
 */
record SessionToken(String secret, boolean fromCookie) {

  private static final String BEARER = "Bearer ";
  private static final int MAX_CHARACTERS = 256;

  /** How an organization's API key begins; it never comes in a cookie. */
  private static final String API_KEY_PREFIX = "cpdk_";

  private static final int CHECKSUM_CHARACTERS = 8;

  /**
   * The caller's token; the header takes precedence over the cookie.
   *
   * @return null when there is none
   * @throws Refusal 401 {@code session-invalid} for another scheme than {@code Bearer}
   */
  static @Nullable SessionToken of(HttpServletRequest request, String cookieName) {
    String header = request.getHeader("Authorization");
    if (header != null) {
      if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
        throw Refusal.sessionInvalid();
      }
      return checked(header.substring(BEARER.length()).strip(), false);
    }
    Cookie[] cookies = request.getCookies();
    if (cookies == null) {
      return null;
    }
    for (Cookie cookie : cookies) {
      if (cookie.getName().equals(cookieName) && !cookie.getValue().isEmpty()) {
        return checked(cookie.getValue(), true);
      }
    }
    return null;
  }

  private static SessionToken checked(String secret, boolean fromCookie) {
    boolean wellFormed =
        !secret.isEmpty()
            && secret.length() <= MAX_CHARACTERS
            && secret.chars().allMatch(SessionToken::isTokenCharacter)
            && (!secret.startsWith(API_KEY_PREFIX) || (!fromCookie && isApiKey(secret)));
    return new SessionToken(wellFormed ? secret : "", fromCookie);
  }

  /** Whether its last eight characters are the checksum of those before them. */
  private static boolean isApiKey(String text) {
    int end = text.length() - CHECKSUM_CHARACTERS;
    if (end < API_KEY_PREFIX.length()) {
      return false;
    }
    CRC32 sum = new CRC32();
    sum.update(text.substring(0, end).getBytes(StandardCharsets.US_ASCII));
    return text.substring(end).equals("%08x".formatted(sum.getValue()));
  }

  /** A character of a b64token (RFC 6750). */
  private static boolean isTokenCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~+/=".indexOf(c) >= 0;
  }

  /** Whether it can be a token; others are refused without a call to accounts-service. */
  boolean isWellFormed() {
    return !secret.isEmpty();
  }

  /** The cache's key: a digest, so that no secret stays in memory for long. */
  String fingerprint() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
      return new String(digest, StandardCharsets.ISO_8859_1);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "SessionToken[fromCookie=" + fromCookie + "]";
  }
}
