package io.cpdevents.platform.web;

import io.cpdevents.platform.error.FieldProblem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves {@link PageRequest} parameters from {@code ?limit=&after=}. */
final class PageRequestResolver implements HandlerMethodArgumentResolver {

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
    String after = request.getParameter("after");
    Optional<Cursor> cursor =
        after == null || after.isEmpty() ? Optional.empty() : Optional.of(Cursor.decode(after));
    return new PageRequest(limit(request.getParameter("limit")), cursor);
  }

  private static int limit(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return PageRequest.DEFAULT_LIMIT;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= PageRequest.MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException malformed) {
      throw FieldProblem.WRONG_TYPE.on("limit");
    }
    throw FieldProblem.OUT_OF_RANGE.on("limit");
  }
}
