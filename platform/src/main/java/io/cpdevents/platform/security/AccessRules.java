package io.cpdevents.platform.security;

import io.cpdevents.platform.error.RuleViolation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Enforces the access annotation of every endpoint of ours. An endpoint without one is refused, and
 * a test of the house rules fails the build.
 */
final class AccessRules implements HandlerInterceptor {

  private static final String OUR_PACKAGES = "io.cpdevents.";
  private static final String BEARER = "Bearer ";

  private final byte[] internalToken;

  AccessRules(String internalToken) {
    this.internalToken = internalToken.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method)
        || !method.getBeanType().getName().startsWith(OUR_PACKAGES)) {
      return true;
    }
    if (method.hasMethodAnnotation(PublicEndpoint.class)) {
      return true;
    }
    if (method.hasMethodAnnotation(InternalEndpoint.class)) {
      requireInternalToken(request);
      return true;
    }
    Caller caller = requireCaller();
    PlatformEndpoint platform = method.getMethodAnnotation(PlatformEndpoint.class);
    if (platform != null) {
      if (!caller.has(platform.value())) {
        throw RuleViolation.forbidden("role-missing");
      }
      return true;
    }
    if (method.hasMethodAnnotation(AccountEndpoint.class)
        || method.hasMethodAnnotation(OrganizationEndpoint.class)) {
      return true;
    }
    throw new IllegalStateException(method + " has no access rule");
  }

  private static Caller requireCaller() {
    Optional<Caller> caller = Callers.current();
    return caller.orElseThrow(() -> RuleViolation.unauthorized("session-missing", "Log in first."));
  }

  private void requireInternalToken(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    byte[] presented =
        header != null && header.startsWith(BEARER)
            ? header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8)
            : new byte[0];
    if (internalToken.length == 0 || !MessageDigest.isEqual(internalToken, presented)) {
      throw RuleViolation.unauthorized("internal-only", "This is for our own services.");
    }
  }
}
