package io.cpdevents.gateway.routes;

import io.cpdevents.gateway.edge.RequestTrace;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Which headers pass through the gateway, in both directions. */
final class PassedHeaders {

  /** Between two neighbours only (RFC 9110, 7.6.1), and the body's framing, which is made anew. */
  private static final Set<String> HOP_BY_HOP =
      names(
          """
          connection keep-alive proxy-authenticate proxy-authorization proxy-connection te
          trailer transfer-encoding upgrade http2-settings content-length expect host
          """);

  /** What callers may not say to services: who they are is for the gateway to say. */
  private static final Set<String> GATEWAYS_OWN =
      names(
          """
          authorization cookie forwarded origin referer traceparent tracestate baggage b3 via
          """);

  /** The gateway says these itself, for all services alike, or they say too much. */
  private static final Set<String> ANSWERED_BY_GATEWAY =
      names(
          """
          cache-control content-security-policy date expires pragma referrer-policy server
          strict-transport-security traceparent x-content-type-options x-correlation-id
          x-frame-options x-powered-by x-xss-protection
          """);

  private PassedHeaders() {}

  /**
   * What a service is told: the caller's headers but those that say who is calling, which is for
   * the gateway to say. Of the {@code x-} headers none passes.
   */
  static HttpHeaders down(HttpServletRequest request, @Nullable String authorization) {
    HttpHeaders told = new HttpHeaders();
    Set<String> namedByConnection = namedByConnection(request);
    for (String header : Collections.list(request.getHeaderNames())) {
      String name = header.toLowerCase(Locale.ROOT);
      if (!HOP_BY_HOP.contains(name)
          && !GATEWAYS_OWN.contains(name)
          && !name.startsWith("x-")
          && !name.startsWith("access-control-")
          && !namedByConnection.contains(name)) {
        told.addAll(header, Collections.list(request.getHeaders(header)));
      }
    }
    if (request.getContentLengthLong() > 0) {
      told.setContentLength(request.getContentLengthLong());
    }
    if (authorization != null) {
      told.set(HttpHeaders.AUTHORIZATION, authorization);
    }
    RequestTrace.of(request).tell(told::set, request.getRemoteAddr());
    return told;
  }

  /**
   * What the caller is told of a service's answer. A service may say its own address in {@code
   * Location}; people know only ours.
   */
  static void up(HttpHeaders said, HttpHeaders told, String base, String publicOrigin) {
    said.forEach((header, values) -> {
      String name = header.toLowerCase(Locale.ROOT);
      if (!HOP_BY_HOP.contains(name)
          && !ANSWERED_BY_GATEWAY.contains(name)
          && !name.startsWith("access-control-")) {
        told.addAll(header, values);
      }
    });
    if (said.getContentLength() >= 0) {
      told.setContentLength(said.getContentLength());
    }
    String location = said.getFirst(HttpHeaders.LOCATION);
    if (location != null && location.startsWith(base + "/")) {
      told.set(HttpHeaders.LOCATION, publicOrigin + location.substring(base.length()));
    }
  }

  private static Set<String> names(String spaced) {
    return Set.of(spaced.strip().split("\\s+"));
  }

  private static Set<String> namedByConnection(HttpServletRequest request) {
    Set<String> named = new HashSet<>();
    for (String value : Collections.list(request.getHeaders(HttpHeaders.CONNECTION))) {
      for (String name : value.toLowerCase(Locale.ROOT).split(",")) {
        named.add(name.strip());
      }
    }
    return named;
  }
}
