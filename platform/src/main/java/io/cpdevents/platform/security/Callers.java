package io.cpdevents.platform.security;

import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Finds the caller of the running request. */
public final class Callers {

  private Callers() {}

  /** The caller of the running request; empty for an anonymous or internal request. */
  public static Optional<Caller> current() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication instanceof JwtAuthenticationToken jwt
        ? Optional.of(Caller.of(jwt.getToken()))
        : Optional.empty();
  }

  /** Whether the caller's account waits to be erased: hardly anything can be done with it. */
  static boolean isClosing() {
    return SecurityContextHolder.getContext().getAuthentication()
            instanceof JwtAuthenticationToken jwt
        && Boolean.TRUE.equals(jwt.getToken().getClaimAsBoolean(Caller.CLAIM_CLOSING));
  }
}
