package io.cpdevents.gateway.sessions;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.edge.FloodLimits;
import io.cpdevents.gateway.edge.Origins;
import io.cpdevents.gateway.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/** Turns what a caller shows into what services believe. */
@Component
public class SessionGate {

  private static final String SHOWN = SessionGate.class.getName();

  private final ExchangedTokens tokens;
  private final Revocations revocations;
  private final Origins origins;
  private final FloodLimits floods;
  private final String cookieName;
  private final String clearedCookie;

  /** One for all routes. */
  SessionGate(
      ExchangedTokens tokens,
      Revocations revocations,
      Origins origins,
      FloodLimits floods,
      GatewaySettings settings) {
    this.tokens = tokens;
    this.revocations = revocations;
    this.origins = origins;
    this.floods = floods;
    this.cookieName = settings.sessionCookieName();
    this.clearedCookie =
        ResponseCookie.from(cookieName, "")
            .path("/")
            .httpOnly(true)
            .secure(settings.isHttps())
            .sameSite("Lax")
            .maxAge(0)
            .build()
            .toString();
  }

  /**
   * The {@code Authorization} header for the service.
   *
   * @return null for a caller who shows nothing
   * @throws Refusal 401 {@code session-invalid}, and a cookie is cleared; 403 {@code
   *     origin-refused}; 429 {@code too-many-requests}
   */
  public @Nullable String authorizationFor(HttpServletRequest request) {
    SessionToken token = SessionToken.of(request, cookieName);
    if (token == null) {
      return null;
    }
    if (token.fromCookie()) {
      origins.requireOwnPage(request);
    }
    AccessToken access = exchange(token, request);
    floods.admitSession(access.sessionId());
    request.setAttribute(SHOWN, access);
    return access.authorization();
  }

  /**
   * Forgets what the caller of this request was exchanged for. A write at accounts-service may have
   * given a role, which the next request needs, before Kafka tells us.
   */
  public void forget(HttpServletRequest request) {
    if (request.getAttribute(SHOWN) instanceof AccessToken access) {
      revocations.distrustUntilNow(access.accountId());
    }
  }

  private AccessToken exchange(SessionToken token, HttpServletRequest request) {
    try {
      if (!token.isSane()) {
        throw Refusal.sessionInvalid();
      }
      return tokens.of(token, request);
    } catch (Refusal e) {
      throw e.status() == 401 && token.fromCookie() ? e.clearing(clearedCookie) : e;
    }
  }
}
