package io.cpdevents.platform.web;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.sql.Bounded;
import io.cpdevents.platform.sql.Period;
import java.time.DateTimeException;
import java.time.Duration;
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

/**
 * Resolves {@link Period} parameters from {@code ?from=&to=}, and tells all their faults at once.
 */
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
    Bounded bounded = parameter.getParameterAnnotation(Bounded.class);
    if (bounded != null) {
      faults.addAll(missing(FROM, request));
      faults.addAll(missing(TO, request));
    }
    try {
      Period period = new Period(from, to);
      if (bounded != null && from != null && to != null && isLonger(from, to, bounded.maxDays())) {
        faults.add(FieldProblem.TOO_FAR.at(TO));
      }
      if (faults.isEmpty()) {
        return period;
      }
    } catch (RuleViolation unusual) {
      faults.addAll(unusual.errors());
    }
    throw CommonProblem.INVALID_REQUEST.violation(faults);
  }

  private static List<FieldError> missing(String name, NativeWebRequest request) {
    String text = request.getParameter(name);
    return text == null || text.isEmpty() ? List.of(FieldProblem.REQUIRED.at(name)) : List.of();
  }

  private static boolean isLonger(Instant from, Instant to, int days) {
    return Duration.between(from, to).compareTo(Duration.ofDays(days)) > 0;
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
