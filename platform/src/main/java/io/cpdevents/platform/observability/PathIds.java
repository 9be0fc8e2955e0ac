package io.cpdevents.platform.observability;

import static java.util.Locale.ROOT;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Adds the ids in a request's path to its log lines: {@code /registrations/{id}} gives {@code
 * registrationId}.
 */
final class PathIds implements HandlerInterceptor {

  private static final String ATTRIBUTE = PathIds.class.getName();
  private static final Pattern DASH_AND_LETTER = Pattern.compile("-([a-z])");
  private static final Pattern COLLECTION_AND_ID = Pattern.compile("/([a-z-]+?)s?/\\{(\\w+)}");

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    request.setAttribute(ATTRIBUTE, LogContext.with(ids(request)));
    return true;
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception failure) {
    if (request.getAttribute(ATTRIBUTE) instanceof LogContext context) {
      context.close();
    }
  }

  private static String camelCase(String kebab) {
    return DASH_AND_LETTER.matcher(kebab).replaceAll(found -> found.group(1).toUpperCase(ROOT));
  }

  static Map<String, String> ids(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    Map<String, String> ids = new HashMap<>();
    if (pattern != null && variables instanceof Map<?, ?> values) {
      Matcher matcher = COLLECTION_AND_ID.matcher(pattern.toString());
      while (matcher.find()) {
        Object value = values.get(matcher.group(2));
        if (value != null) {
          ids.put(camelCase(matcher.group(1)) + "Id", value.toString());
        }
      }
    }
    return ids;
  }
}
