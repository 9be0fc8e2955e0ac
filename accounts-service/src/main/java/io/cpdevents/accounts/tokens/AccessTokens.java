package io.cpdevents.accounts.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.cpdevents.accounts.apikeys.LiveApiKey;
import io.cpdevents.accounts.sessions.LiveSession;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.SecurityConfiguration;
import io.cpdevents.platform.time.SystemTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Signs the access tokens that services trust. Their times are system time, not business time:
 * every service checks them by its machine's clock.
 */
@Component
class AccessTokens {

  static final Duration LIFETIME = Duration.ofSeconds(60);

  private final SigningKeys keys;
  private final SystemTime systemTime;

  AccessTokens(SigningKeys keys, SystemTime systemTime) {
    this.keys = keys;
    this.systemTime = systemTime;
  }

  /** A token with the session's person and their roles; with none while a factor is missing. */
  AccessToken sign(LiveSession session) {
    JWTClaimsSet.Builder rights =
        new JWTClaimsSet.Builder().claim(Caller.CLAIM_PROVED_AT, provedAt(session));
    if (session.closing()) {
      rights.claim(Caller.CLAIM_CLOSING, true);
    }
    if (session.lacksFactor()) {
      rights.claim(Caller.CLAIM_LACKS_FACTOR, true);
    } else {
      rights
          .claim(Caller.CLAIM_ROLES, session.platformRoles())
          .claim(Caller.CLAIM_ORGANIZATIONS, session.organizationRoles());
    }
    return sign(session.accountId(), session.sessionId(), rights);
  }

  /** A token with the key's one role, and with nothing that is its maker's. */
  AccessToken sign(LiveApiKey apiKey) {
    return sign(
        apiKey.id(),
        apiKey.id(),
        new JWTClaimsSet.Builder()
            .claim(Caller.CLAIM_KEY_MADE_BY, apiKey.madeBy().toString())
            .claim(
                Caller.CLAIM_ORGANIZATIONS,
                Map.of(apiKey.organizationId().toString(), apiKey.role())));
  }

  private AccessToken sign(UUID accountId, UUID sessionId, JWTClaimsSet.Builder rights) {
    Instant issuedAt = systemTime.now().truncatedTo(ChronoUnit.SECONDS);
    Instant expiresAt = issuedAt.plus(LIFETIME);
    JWTClaimsSet claims =
        rights
            .issuer(SecurityConfiguration.ISSUER)
            .audience(SecurityConfiguration.AUDIENCE)
            .subject(accountId.toString())
            .claim(Caller.CLAIM_SESSION, sessionId.toString())
            .issueTime(Date.from(issuedAt))
            .expirationTime(Date.from(expiresAt))
            .build();
    ECKey key = keys.current();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .type(JOSEObjectType.JWT)
                .build(),
            claims);
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("the signing key cannot sign", e);
    }
    return new AccessToken(token.serialize(), accountId, sessionId, expiresAt);
  }

  /** In seconds; a claim that is null is left out. */
  private static @Nullable Long provedAt(LiveSession session) {
    Instant provedAt = session.provedAt();
    return provedAt == null ? null : provedAt.getEpochSecond();
  }
}
