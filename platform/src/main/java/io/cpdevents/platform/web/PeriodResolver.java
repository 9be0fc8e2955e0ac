package io.cpdevents.platform.web;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.sql.Period;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves {@link Period} parameters from {@code ?from=&to=}. */
final class PeriodResolver implements HandlerMethodArgumentResolver {

  private static final String FROM = "from";
  private static final String TO = "to";

  /** Of the parameters that it reads. */
  static final Set<String> NAMES = Set.of(FROM, TO);

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Period.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binderFactory) {
    List<FieldError> faults = new ArrayList<>();
    Instant from = time(FROM, request, faults);
    Instant to = time(TO, request, faults);
    try {
      Period period = new Period(from, to);
      if (faults.isEmpty()) {
        return period;
      }
    } catch (RuleViolation unusual) {
      faults.addAll(unusual.errors());
    }
    throw CommonProblem.INVALID_REQUEST.violation(faults);
  }

  private static @Nullable Instant time(
      String name, NativeWebRequest request, List<FieldError> faults) {
    String text = request.getParameter(name);
    try {
      return text == null || text.isEmpty() ? null : ExactText.instant(text);
    } catch (DateTimeException malformed) {
      faults.add(FieldProblem.WRONG_TYPE.at(name, List.of("date-time")));
      return null;
    }
  }
}
