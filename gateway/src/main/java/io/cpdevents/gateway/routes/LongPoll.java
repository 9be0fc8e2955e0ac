package io.cpdevents.gateway.routes;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Requests by which a caller asks a service to wait for something. */
final class LongPoll {

  private static final String PARAMETER = "waitSeconds=";

  private LongPoll() {}

  static boolean isAskedFor(HttpServletRequest request) {
    return isAskedFor(request.getQueryString());
  }

  static boolean isAskedFor(@Nullable String query) {
    return query != null && query.contains(PARAMETER);
  }
}
