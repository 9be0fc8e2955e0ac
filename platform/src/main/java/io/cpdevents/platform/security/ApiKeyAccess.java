package io.cpdevents.platform.security;

import org.springframework.web.method.HandlerMethod;

/** Which endpoints programs may call with an organization's API key. */
public final class ApiKeyAccess {

  private ApiKeyAccess() {}

  /**
   * Whether one with a role that the endpoint names may be used: where members of an organization
   * may call or see what is not public yet, unless it is for people alone. What is about a person's
   * own is for that person.
   */
  public static boolean isOpen(HandlerMethod endpoint) {
    StepUp stepUp = endpoint.getMethodAnnotation(StepUp.class);
    if (stepUp != null && !stepUp.byUseCase()) {
      // A program cannot prove who it is.
      return false;
    }
    OrganizationEndpoint organization = endpoint.getMethodAnnotation(OrganizationEndpoint.class);
    if (organization != null) {
      return organization.apiKeys();
    }
    PublicEndpoint anybody = endpoint.getMethodAnnotation(PublicEndpoint.class);
    if (anybody != null) {
      return anybody.organization().length > 0;
    }
    AccountEndpoint account = endpoint.getMethodAnnotation(AccountEndpoint.class);
    return account != null && account.organization().length > 0;
  }
}
