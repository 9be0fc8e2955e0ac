package io.cpdevents.gateway.routes;

import io.cpdevents.gateway.upstream.Patience;
import io.cpdevents.gateway.upstream.Upstream;

/**
 * Where a path leads.
 *
 * @param upstream the service
 * @param path what is asked of the service: the path as it came, except for documents
 * @param patience how long the service may take to begin its answer
 * @param kind what the request has to show
 * @param bodyLimitBytes the largest body
 */
public record Route(
    Upstream upstream, String path, Patience patience, Kind kind, int bodyLimitBytes) {

  /** Bodies of the API. */
  static final int API_BODY_LIMIT_BYTES = 1024 * 1024;

  /** Bodies of Stripe's webhooks. */
  static final int WEBHOOK_BODY_LIMIT_BYTES = 512 * 1024;

  /** What a request has to show. */
  public enum Kind {
    /** The session, if there is one, becomes an access token. */
    API(""),
    /** Logging in and signing up: whatever session comes with it does not matter. */
    SESSIONLESS(""),
    /** Signed by its sender; passed on as it is. */
    WEBHOOK("POST"),
    /** An OpenAPI document. */
    DOCUMENT("GET");

    private final String onlyMethod;

    Kind(String onlyMethod) {
      this.onlyMethod = onlyMethod;
    }

    /** The one method that is answered; empty: the service decides. */
    String onlyMethod() {
      return onlyMethod;
    }
  }
}
