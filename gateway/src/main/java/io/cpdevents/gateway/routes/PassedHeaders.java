package io.cpdevents.gateway.routes;

import java.util.Locale;
import java.util.Set;

/** Which headers pass through the gateway, in both directions. */
final class PassedHeaders {

  /** Between two neighbours only (RFC 9110, 7.6.1), and the body's framing, which is made anew. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "content-length",
          "expect",
          "host");

  /** What callers may not say to services: who they are is for the gateway to say. */
  private static final Set<String> GATEWAYS_OWN =
      Set.of(
          "authorization",
          "cookie",
          "forwarded",
          "origin",
          "referer",
          "traceparent",
          "tracestate",
          "baggage",
          "b3",
          "via");

  /** The gateway says these itself, for all services alike, or they say too much. */
  private static final Set<String> ANSWERED_BY_GATEWAY =
      Set.of(
          "cache-control",
          "content-security-policy",
          "date",
          "expires",
          "pragma",
          "referrer-policy",
          "server",
          "strict-transport-security",
          "traceparent",
          "x-content-type-options",
          "x-correlation-id",
          "x-frame-options",
          "x-powered-by",
          "x-xss-protection");

  private PassedHeaders() {}

  /**
   * Whether a caller's header reaches the service. Of the {@code x-} headers none does: those that
   * services act on are set by the gateway.
   *
   * @param connection the {@code Connection} header, which may name more that are not for us
   */
  static boolean passesDown(String header, String connection) {
    String name = header.toLowerCase(Locale.ROOT);
    return !HOP_BY_HOP.contains(name)
        && !GATEWAYS_OWN.contains(name)
        && !name.startsWith("x-")
        && !name.startsWith("access-control-")
        && !isNamedIn(connection, name);
  }

  /** Whether a service's header reaches the caller. */
  static boolean passesUp(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return !HOP_BY_HOP.contains(name)
        && !ANSWERED_BY_GATEWAY.contains(name)
        && !name.startsWith("access-control-");
  }

  private static boolean isNamedIn(String connection, String name) {
    if (connection.isEmpty()
        || connection.equalsIgnoreCase("keep-alive")
        || connection.equalsIgnoreCase("close")) {
      return false;
    }
    for (String token : connection.toLowerCase(Locale.ROOT).split(",")) {
      if (token.strip().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
