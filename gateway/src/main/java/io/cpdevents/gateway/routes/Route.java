package io.cpdevents.gateway.routes;

import io.cpdevents.gateway.upstream.RouteTimeout;
import io.cpdevents.gateway.upstream.Upstream;
import java.util.List;

/**
 * The route of a request.
 *
 * @param upstream the service
 * @param path the path at the service, which is the request's own
 * @param timeout how long the service may take to begin its answer
 * @param kind how the caller is authenticated
 * @param bodyLimitBytes the largest body that is accepted
 */
public record Route(
    Upstream upstream, String path, RouteTimeout timeout, Kind kind, int bodyLimitBytes) {

  /** The largest body of an API request. */
  static final int MAX_API_BODY_BYTES = 1024 * 1024;

  /** The largest body with a file: 5 MB of content, and what names it. */
  static final int MAX_UPLOAD_BODY_BYTES = 5 * 1024 * 1024 + 64 * 1024;

  /** The largest body of a webhook. */
  static final int MAX_WEBHOOK_BODY_BYTES = 512 * 1024;

  /** How the caller is authenticated. */
  public enum Kind {
    /** The session token, if there is one, is exchanged for an access token. */
    API(""),
    /** As {@code API}, but a session that has ended counts as none: the page asks for a log-in. */
    PAGE("GET, HEAD"),
    /** As {@code PAGE}: logging in ends the session that it is sent with, if there is one. */
    LOG_IN(""),
    /** Not at all: signing up ignores a session. */
    SESSIONLESS(""),
    /** By the sender's signature, which the service checks. */
    WEBHOOK("POST");

    private final String methods;

    Kind(String methods) {
      this.methods = methods;
    }

    /** Whether the route has this method, unless the service decides it. */
    boolean allows(String method) {
      return methods.isEmpty() || List.of(methods.split(", ")).contains(method);
    }

    /** The methods that are allowed; empty when the service decides. */
    String methods() {
      return methods;
    }
  }
}
