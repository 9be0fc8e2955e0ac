package io.cpdevents.gateway.routes;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Requests by which a caller asks a service to wait for something. */
final class LongPoll {

  private static final String PARAMETER = "waitSeconds=";

  private LongPoll() {}

  static boolean isAskedFor(HttpServletRequest request) {
    return isAskedFor(request.getQueryString());
  }

  /** Read as the service reads it: a name may be encoded. */
  static boolean isAskedFor(@Nullable String query) {
    return query != null && URLDecoder.decode(query, StandardCharsets.UTF_8).contains(PARAMETER);
  }
}
