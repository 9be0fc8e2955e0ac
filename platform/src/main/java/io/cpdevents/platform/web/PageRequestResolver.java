package io.cpdevents.platform.web;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves {@link PageRequest} parameters from {@code ?limit=&after=}. */
final class PageRequestResolver implements HandlerMethodArgumentResolver {

  private static final String LIMIT = "limit";
  private static final String AFTER = "after";

  /** Of the parameters that it reads. */
  static final Set<String> NAMES = Set.of(LIMIT, AFTER);

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == PageRequest.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binderFactory) {
    List<FieldError> faults = new ArrayList<>();
    int limit = limit(request.getParameter(LIMIT), faults);
    Optional<Cursor> after = after(request.getParameter(AFTER), faults);
    if (!faults.isEmpty()) {
      throw CommonProblem.INVALID_REQUEST.violation(faults);
    }
    return new PageRequest(limit, after);
  }

  private static int limit(@Nullable String text, List<FieldError> faults) {
    if (text == null || text.isEmpty()) {
      return PageRequest.DEFAULT_PAGE_ROWS;
    }
    try {
      int limit = ExactText.integer(text);
      if (limit < 1 || limit > PageRequest.MAX_PAGE_ROWS) {
        faults.add(FieldProblem.OUT_OF_RANGE.at(LIMIT));
      }
      return limit;
    } catch (NumberFormatException malformed) {
      faults.add(FieldProblem.WRONG_TYPE.at(LIMIT, List.of("integer")));
      return PageRequest.DEFAULT_PAGE_ROWS;
    }
  }

  private static Optional<Cursor> after(@Nullable String text, List<FieldError> faults) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Cursor> after = Cursor.decode(text);
    if (after.isEmpty()) {
      faults.add(FieldProblem.WRONG_FORMAT.at(AFTER));
    }
    return after;
  }
}
