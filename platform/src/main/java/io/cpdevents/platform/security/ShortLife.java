package io.cpdevents.platform.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Refuses an access token that has no end, or a far one: accounts-service signs for a minute, so
 * whoever got hold of its key, once, has not got a caller for years.
 */
final class ShortLife implements OAuth2TokenValidator<Jwt> {

  private static final Duration MAX_LIFE = Duration.ofSeconds(65);

  private static final OAuth2TokenValidatorResult TOO_LONG =
      OAuth2TokenValidatorResult.failure(
          new OAuth2Error("invalid_token", "An access token lives for a minute.", null));

  private final Clock systemClock;
  private final Duration maxClockSkew;

  ShortLife(Clock systemClock, Duration maxClockSkew) {
    this.systemClock = systemClock;
    this.maxClockSkew = maxClockSkew;
  }

  @Override
  public OAuth2TokenValidatorResult validate(Jwt token) {
    Instant issuedAt = token.getIssuedAt();
    Instant expiresAt = token.getExpiresAt();
    if (issuedAt == null || expiresAt == null) {
      return TOO_LONG;
    }
    Instant last = systemClock.instant().plus(maxClockSkew).plus(MAX_LIFE);
    return expiresAt.isAfter(issuedAt.plus(MAX_LIFE)) || expiresAt.isAfter(last)
        ? TOO_LONG
        : OAuth2TokenValidatorResult.success();
  }
}
