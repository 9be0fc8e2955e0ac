package io.cpdevents.gateway.routes;

import io.cpdevents.gateway.problem.Refusal;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Addresses of the gateway's own that can be read. What can be read can be asked about with HEAD,
 * too (RFC 9110, 9.1); other methods are refused.
 */
public final class Reading {

  private static final String ALLOWED = "GET, HEAD";

  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private Reading() {}

  /** GET and HEAD of a path. */
  public static RequestPredicate of(String path) {
    return of(RequestPredicates.path(path));
  }

  /** GET and HEAD of what has such an address. */
  public static RequestPredicate of(RequestPredicate address) {
    return address.and(Reading::requireReading);
  }

  private static boolean requireReading(ServerRequest request) {
    if (!METHODS.contains(request.method())) {
      throw Refusal.methodNotAllowed(ALLOWED);
    }
    return true;
  }
}
