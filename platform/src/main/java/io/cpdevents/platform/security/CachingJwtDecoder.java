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
 * Caches verified tokens until they expire. The gateway sends the same token for up to a minute,
 * and verifying an ES256 signature is the most expensive part of a small request. Refused tokens
 * are not cached.
 */
final class CachingJwtDecoder implements JwtDecoder {

  private static final int MAX_TOKENS = 10_000;

  private final JwtDecoder decoder;
  private final Cache<String, Jwt> accepted;

  CachingJwtDecoder(JwtDecoder decoder, Clock systemClock) {
    this.decoder = decoder;
    this.accepted =
        Caffeine.newBuilder()
            .maximumSize(MAX_TOKENS)
            .expireAfter(
                Expiry.<String, Jwt>creating(
                    (_, token) -> remainingLifetime(token, systemClock.instant())))
            .build();
  }

  @Override
  public Jwt decode(String token) {
    Jwt cached = accepted.getIfPresent(token);
    if (cached != null) {
      return cached;
    }
    Jwt decoded = decoder.decode(token);
    accepted.put(token, decoded);
    return decoded;
  }

  private static Duration remainingLifetime(Jwt token, Instant now) {
    Instant expiresAt = token.getExpiresAt();
    Duration left = expiresAt == null ? Duration.ZERO : Duration.between(now, expiresAt);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
