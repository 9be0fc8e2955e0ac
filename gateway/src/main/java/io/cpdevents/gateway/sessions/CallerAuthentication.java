package io.cpdevents.gateway.sessions;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.filter.AllowedOrigins;
import io.cpdevents.gateway.filter.RateLimiter;
import io.cpdevents.gateway.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/** Authenticates callers: exchanges their session token for an access token that services trust. */
@Component
public class CallerAuthentication {

  private static final String ACCESS_TOKEN = CallerAuthentication.class.getName();

  private final AccessTokenCache tokens;
  private final Revocations revocations;
  private final AllowedOrigins allowedOrigins;
  private final RateLimiter rateLimiter;
  private final String cookieName;
  private final String clearedCookie;

  CallerAuthentication(
      AccessTokenCache tokens,
      Revocations revocations,
      AllowedOrigins allowedOrigins,
      RateLimiter rateLimiter,
      GatewaySettings settings) {
    this.tokens = tokens;
    this.revocations = revocations;
    this.allowedOrigins = allowedOrigins;
    this.rateLimiter = rateLimiter;
    this.cookieName = settings.sessionCookieName();
    this.clearedCookie =
        ResponseCookie.from(cookieName, "")
            .path("/")
            .httpOnly(true)
            .secure(settings.isHttps())
            .sameSite(settings.cookieSameSite().attribute())
            .partitioned(settings.cookieSameSite() == GatewaySettings.CookieSameSite.NONE)
            .maxAge(0)
            .build()
            .toString();
  }

  /**
   * The token by which the service knows the caller.
   *
   * @return null for a caller without credentials
   * @throws Refusal 401 {@code session-invalid}, which also clears a cookie; 403 {@code
   *     origin-refused}; 429 {@code too-many-requests}
   */
  public @Nullable AccessToken authenticate(HttpServletRequest request) {
    SessionToken token = SessionToken.of(request, cookieName);
    if (token == null) {
      return null;
    }
    if (token.fromCookie()) {
      allowedOrigins.requireAllowedOrigin(request);
    }
    AccessToken access = exchange(token, request);
    rateLimiter.admitSession(access.sessionId(), access.accountId());
    request.setAttribute(ACCESS_TOKEN, access);
    return access;
  }

  /**
   * Invalidates the cached tokens of this request's caller. A write at accounts-service may have
   * given the caller a role, which the next request needs before the event arrives by Kafka.
   */
  public void invalidateTokens(HttpServletRequest request) {
    if (request.getAttribute(ACCESS_TOKEN) instanceof AccessToken access) {
      revocations.invalidateTokensOf(access.accountId());
    }
  }

  private AccessToken exchange(SessionToken token, HttpServletRequest request) {
    try {
      if (!token.isWellFormed()) {
        throw Refusal.sessionInvalid();
      }
      return tokens.of(token, request);
    } catch (Refusal e) {
      throw e.status() == 401 && token.fromCookie() ? e.clearingCookie(clearedCookie) : e;
    }
  }
}
