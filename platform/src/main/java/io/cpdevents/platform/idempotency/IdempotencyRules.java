package io.cpdevents.platform.idempotency;

import io.cpdevents.platform.error.CommonProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Enforces {@link RequiresIdempotencyKey}, and marks requests to {@link NeverStored} endpoints. */
final class IdempotencyRules implements HandlerInterceptor {

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method)) {
      return true;
    }
    if (method.hasMethodAnnotation(RequiresIdempotencyKey.class)
        && request.getHeader(IdempotencyFilter.KEY_HEADER) == null) {
      throw CommonProblem.IDEMPOTENCY_KEY_REQUIRED.violation();
    }
    if (method.hasMethodAnnotation(NeverStored.class)) {
      request.setAttribute(IdempotencyFilter.NEVER_STORED_ATTRIBUTE, true);
    }
    return true;
  }
}
