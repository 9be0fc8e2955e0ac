package io.cpdevents.platform.security;

import io.cpdevents.platform.error.CommonProblem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves {@code Caller} parameters, or {@code Optional<Caller>} ones where anybody may call. */
final class CallerResolver implements HandlerMethodArgumentResolver {

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.nestedIfOptional().getNestedParameterType() == Caller.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binderFactory) {
    Optional<Caller> caller = Callers.current();
    if (parameter.getParameterType() == Optional.class) {
      return caller;
    }
    return caller.orElseThrow(() -> CommonProblem.SESSION_MISSING.violation());
  }
}
