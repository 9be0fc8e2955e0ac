package io.cpdevents.platform.security;

import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Who the running request comes from. */
public final class Callers {

  private Callers() {}

  /** The person behind the running request; empty for an anonymous or internal one. */
  public static Optional<Caller> current() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication instanceof JwtAuthenticationToken jwt
        ? Optional.of(Caller.of(jwt.getToken()))
        : Optional.empty();
  }
}
