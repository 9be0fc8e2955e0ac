package io.cpdevents.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Verifies each token once. The gateway sends the same token for up to a minute, and verifying an
 * ES256 signature is the dearest thing in a small request. A refused token is never remembered, and
 * an accepted one not beyond its life.
 */
final class RememberedTokens implements JwtDecoder {

  private static final int MAX_TOKENS = 10_000;

  private final JwtDecoder decoder;
  private final Cache<String, Jwt> accepted;

  RememberedTokens(JwtDecoder decoder, Clock systemClock) {
    this.decoder = decoder;
    this.accepted =
        Caffeine.newBuilder()
            .maximumSize(MAX_TOKENS)
            .expireAfter(
                Expiry.<String, Jwt>creating((_, token) -> lifeLeft(token, systemClock.instant())))
            .build();
  }

  @Override
  public Jwt decode(String token) {
    Jwt known = accepted.getIfPresent(token);
    if (known != null) {
      return known;
    }
    Jwt decoded = decoder.decode(token);
    accepted.put(token, decoded);
    return decoded;
  }

  private static Duration lifeLeft(Jwt token, Instant now) {
    Instant expiresAt = token.getExpiresAt();
    Duration left = expiresAt == null ? Duration.ZERO : Duration.between(now, expiresAt);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
