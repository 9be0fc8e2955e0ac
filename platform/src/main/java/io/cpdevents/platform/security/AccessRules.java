package io.cpdevents.platform.security;

import io.cpdevents.platform.error.CommonProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Enforces the access annotation of every endpoint. An endpoint without one refuses every request,
 * and fails the house rules.
 */
final class AccessRules implements HandlerInterceptor {

  private static final String OWN_PACKAGES = "io.cpdevents.";
  private static final String BEARER = "Bearer ";

  private final byte[] internalToken;
  private final RecentProof recentProof;

  /** Cached, because looking up annotations is expensive compared with a small request. */
  private final Map<Method, Rule> rules = new ConcurrentHashMap<>();

  AccessRules(String internalToken, RecentProof recentProof) {
    this.recentProof = recentProof;
    this.internalToken = internalToken.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method)
        || !method.getBeanType().getName().startsWith(OWN_PACKAGES)) {
      return true;
    }
    requireFactor(method);
    switch (rules.computeIfAbsent(method.getMethod(), _ -> Rule.of(method))) {
      case Rule.Public _ -> {}
      case Rule.Internal _ -> requireInternalToken(request);
      case Rule.Account account -> {
        if (requireCaller().isApiKey() && !account.apiKeys()) {
          throw CommonProblem.API_KEY_REFUSED.violation();
        }
        requireOpen(account.whileClosing());
      }
      case Rule.Platform platform -> {
        Caller caller = requireCaller();
        if (caller.isApiKey()) {
          throw CommonProblem.API_KEY_REFUSED.violation();
        }
        if (!platform.allows(caller)) {
          throw CommonProblem.ROLE_MISSING.violation();
        }
        requireOpen(false);
      }
    }
    StepUp stepUp = method.getMethodAnnotation(StepUp.class);
    if (stepUp != null && !stepUp.byUseCase()) {
      recentProof.require(requireCaller());
    }
    return true;
  }

  /** Where strangers may call, such a session has the rights of a stranger. */
  private static void requireFactor(HandlerMethod method) {
    if (Callers.current().filter(Caller::lacksFactor).isPresent()
        && !method.hasMethodAnnotation(WithoutFactor.class)
        && !method.hasMethodAnnotation(PublicEndpoint.class)) {
      throw CommonProblem.FACTOR_REQUIRED.violation();
    }
  }

  /** Who may call an endpoint, as its annotation says. */
  private sealed interface Rule {
    record Public() implements Rule {}

    record Internal() implements Rule {}

    /**
     * Anybody with a session; the use case checks roles in organizations.
     *
     * @param apiKeys whether an organization's API key may be used as well
     * @param whileClosing whether somebody may who waits to be erased
     */
    record Account(boolean apiKeys, boolean whileClosing) implements Rule {}

    record Platform(PlatformRole[] roles, boolean admin) implements Rule {
      boolean allows(Caller caller) {
        return admin
            ? caller.has(roles)
            : Arrays.stream(roles).anyMatch(caller.platformRoles()::contains);
      }
    }

    static Rule of(HandlerMethod method) {
      PlatformEndpoint platform = method.getMethodAnnotation(PlatformEndpoint.class);
      if (platform != null) {
        return new Platform(platform.value(), platform.admin());
      }
      if (method.hasMethodAnnotation(PublicEndpoint.class)) {
        return new Public();
      }
      if (method.hasMethodAnnotation(InternalEndpoint.class)) {
        return new Internal();
      }
      AccountEndpoint account = method.getMethodAnnotation(AccountEndpoint.class);
      if (account != null || method.hasMethodAnnotation(OrganizationEndpoint.class)) {
        return new Account(ApiKeyAccess.isOpen(method), account != null && account.whileClosing());
      }
      throw new IllegalStateException(method + " has no access rule");
    }
  }

  private static Caller requireCaller() {
    Optional<Caller> caller = Callers.current();
    return caller.orElseThrow(() -> CommonProblem.SESSION_MISSING.violation());
  }

  /** Whoever has asked to be erased can call that off, and do nothing else. */
  private static void requireOpen(boolean whileClosing) {
    if (!whileClosing && Callers.isClosing()) {
      throw CommonProblem.ACCOUNT_CLOSING.violation();
    }
  }

  private void requireInternalToken(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    byte[] presented =
        header != null && header.startsWith(BEARER)
            ? header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8)
            : new byte[0];
    if (internalToken.length == 0 || !MessageDigest.isEqual(internalToken, presented)) {
      throw CommonProblem.INTERNAL_ONLY.violation();
    }
  }
}
