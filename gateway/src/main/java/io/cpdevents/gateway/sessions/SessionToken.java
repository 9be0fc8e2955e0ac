package io.cpdevents.gateway.sessions;

import io.cpdevents.gateway.problem.Refusal;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The secret that a caller shows.
 *
 * @param secret opaque; goes to accounts-service and nowhere else
 * @param fromCookie whether the browser sent it by itself
 */
record SessionToken(String secret, boolean fromCookie) {

  private static final String BEARER = "Bearer ";
  private static final int MOST_CHARACTERS = 256;

  /**
   * The caller's token; a header goes before a cookie.
   *
   * @return null when none is shown
   * @throws Refusal 401 {@code session-invalid} for what cannot be a token
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
    boolean sane =
        !secret.isEmpty()
            && secret.length() <= MOST_CHARACTERS
            && secret.chars().allMatch(SessionToken::isTokenCharacter);
    return new SessionToken(sane ? secret : "", fromCookie);
  }

  /** RFC 6750's b64token. */
  private static boolean isTokenCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~+/=".indexOf(c) >= 0;
  }

  /** Whether it can be a token at all; others are refused without asking. */
  boolean isSane() {
    return !secret.isEmpty();
  }

  /** What the cache knows it by: a dump of our memory holds no secret for long. */
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
