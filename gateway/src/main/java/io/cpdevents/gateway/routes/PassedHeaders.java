package io.cpdevents.gateway.routes;

import io.cpdevents.gateway.filter.RequestTrace;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Decides which headers are forwarded, in both directions. */
final class PassedHeaders {

  /**
   * For one connection only (RFC 9110, 7.6.1), and the body's framing, which each side does anew.
   */
  private static final Set<String> HOP_BY_HOP =
      names(
          """
          connection keep-alive proxy-authenticate proxy-authorization proxy-connection te
          trailer transfer-encoding upgrade http2-settings content-length expect host
          """);

  /**
   * Not forwarded to services: only the gateway may tell them who is calling. {@code Origin} is
   * forwarded, because a write with a foreign one is refused before: a service learns from it that
   * the caller is a page in a browser.
   */
  private static final Set<String> NOT_FOR_SERVICES =
      names(
          """
          authorization cookie forwarded referer traceparent tracestate baggage b3 via
          """);

  /** Not forwarded to callers: the gateway sets them itself, or they reveal too much. */
  private static final Set<String> NOT_FOR_CALLERS =
      names(
          """
          cache-control content-security-policy cross-origin-opener-policy
          cross-origin-resource-policy date expires permissions-policy pragma referrer-policy
          server strict-transport-security traceparent x-content-type-options x-correlation-id
          x-frame-options x-powered-by x-xss-protection
          """);

  /** Nothing is kept for longer than a minute, and nothing that is anybody's own. */
  private static final Pattern PUBLIC_FOR_SECONDS = Pattern.compile("max-age=[0-9]{1,2}, public");

  private PassedHeaders() {}

  /**
   * The headers for a service: the caller's, except those that identify a caller and all {@code x-}
   * headers, and the gateway's own.
   *
   * @param authorization the access token's header; null for none
   */
  static HttpHeaders toService(HttpServletRequest request, @Nullable String authorization) {
    HttpHeaders forwarded = new HttpHeaders();
    Set<String> namedByConnection = namedByConnection(request);
    for (String header : Collections.list(request.getHeaderNames())) {
      String name = header.toLowerCase(Locale.ROOT);
      if (!HOP_BY_HOP.contains(name)
          && !NOT_FOR_SERVICES.contains(name)
          && !name.startsWith("x-")
          && !name.startsWith("access-control-")
          && !namedByConnection.contains(name)) {
        forwarded.addAll(header, Collections.list(request.getHeaders(header)));
      }
    }
    if (request.getContentLengthLong() > 0) {
      forwarded.setContentLength(request.getContentLengthLong());
    }
    if (authorization != null) {
      forwarded.set(HttpHeaders.AUTHORIZATION, authorization);
    }
    RequestTrace.of(request).addTo(forwarded::set, request.getRemoteAddr());
    return forwarded;
  }

  /**
   * Copies the headers of a service's answer for the caller. The service's own address in {@code
   * Location} is replaced by the public one.
   */
  static void toCaller(
      HttpHeaders answer, HttpHeaders forwarded, String base, String publicOrigin) {
    answer.forEach((header, values) -> {
      String name = header.toLowerCase(Locale.ROOT);
      if (!HOP_BY_HOP.contains(name)
          && (!NOT_FOR_CALLERS.contains(name) || isForEverybody(name, values))
          && !name.startsWith("access-control-")) {
        forwarded.addAll(header, values);
      }
    });
    if (answer.getContentLength() >= 0) {
      forwarded.setContentLength(answer.getContentLength());
    }
    String location = answer.getFirst(HttpHeaders.LOCATION);
    if (location != null && location.startsWith(base + "/")) {
      forwarded.set(HttpHeaders.LOCATION, publicOrigin + location.substring(base.length()));
    }
  }

  /** A service says so only of what everybody reads who is not logged in. */
  private static boolean isForEverybody(String name, List<String> values) {
    return name.equals("cache-control")
        && values.size() == 1
        && PUBLIC_FOR_SECONDS.matcher(values.getFirst()).matches();
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
