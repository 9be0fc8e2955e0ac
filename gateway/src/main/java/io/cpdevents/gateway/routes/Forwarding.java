package io.cpdevents.gateway.routes;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.callers.Held;
import io.cpdevents.gateway.callers.LongPollsUnderWay;
import io.cpdevents.gateway.callers.SessionsUnderWay;
import io.cpdevents.gateway.problem.Refusal;
import io.cpdevents.gateway.sessions.AccessToken;
import io.cpdevents.gateway.sessions.CallerAuthentication;
import io.cpdevents.gateway.sessions.DeviceToken;
import io.cpdevents.gateway.upstream.Upstream;
import io.cpdevents.gateway.upstream.UpstreamCalls;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Forwards a request to the service of its route, with Spring Cloud Gateway's {@link
 * ProxyExchange}. Path and query are forwarded byte for byte, and bodies arrive unchanged: a
 * request's is read whole before it takes a place at the service, an answer's streams.
 */
@Configuration(proxyBeanMethods = false)
class Forwarding {

  private final ProxyExchange proxy;
  private final UpstreamCalls calls;
  private final CallerAuthentication callers;
  private final BodyReader bodies;
  private final SessionsUnderWay sessions;
  private final LongPollsUnderWay longPolls;
  private final GatewaySettings settings;
  private final MeterRegistry meters;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  Forwarding(
      ProxyExchange proxy,
      UpstreamCalls calls,
      CallerAuthentication callers,
      BodyReader bodies,
      SessionsUnderWay sessions,
      LongPollsUnderWay longPolls,
      GatewaySettings settings,
      MeterRegistry meters) {
    this.proxy = proxy;
    this.calls = calls;
    this.callers = callers;
    this.bodies = bodies;
    this.sessions = sessions;
    this.longPolls = longPolls;
    this.settings = settings;
    this.meters = meters;
  }

  @Bean
  RouterFunction<ServerResponse> routes() {
    return request -> {
      HttpServletRequest incoming = request.servletRequest();
      Route route = RouteTable.find(incoming.getMethod(), incoming.getRequestURI());
      return Optional.ofNullable(route).map(found -> matched -> timed(found, matched));
    };
  }

  private ServerResponse timed(Route route, ServerRequest request) {
    long startNanos = System.nanoTime();
    String status = "aborted";
    try {
      ServerResponse answer = admit(route, request);
      status = answer.statusCode().value() / 100 + "xx";
      return answer;
    } catch (Refusal e) {
      status = e.status() / 100 + "xx";
      throw e;
    } finally {
      timer(route.upstream(), status).record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
    }
  }

  private Timer timer(Upstream upstream, String status) {
    return timers.computeIfAbsent(
        upstream.serviceName() + status,
        _ ->
            Timer.builder("cpd.gateway.requests")
                .description("Time until the response starts, by service and status class")
                .tag("service", upstream.serviceName())
                .tag("status", status)
                .publishPercentileHistogram()
                .register(meters));
  }

  private ServerResponse admit(Route route, ServerRequest request) {
    HttpServletRequest incoming = request.servletRequest();
    String method = incoming.getMethod();
    if (!route.kind().allows(method)) {
      throw Refusal.methodNotAllowed(route.kind().methods());
    }
    try (BodyReader.Body body = bodies.read(incoming, route.bodyLimitBytes())) {
      AccessToken caller =
          switch (route.kind()) {
            case API -> callers.authenticate(incoming);
            case PAGE, LOG_IN -> whoeverAsks(incoming);
            case SESSIONLESS, WEBHOOK -> null;
          };
      try (Held _ = placeOf(caller, incoming);
          Held _ = placeToWait(route, incoming)) {
        return forward(
            route,
            ServerRequest.create(
                new ReadRequest(incoming, body.content()), request.messageConverters()),
            caller);
      }
    }
  }

  private Held placeOf(@Nullable AccessToken caller, HttpServletRequest request) {
    return caller == null
        ? Held.NOTHING
        : sessions.begin(caller.sessionId(), caller.accountId(), LongPoll.isAskedFor(request));
  }

  private Held placeToWait(Route route, HttpServletRequest request) {
    return LongPoll.isAskedFor(request)
        ? longPolls.begin(request.getRemoteAddr(), route.upstream())
        : Held.NOTHING;
  }

  private HttpHeaders headers(
      Route route, HttpServletRequest incoming, @Nullable AccessToken caller) {
    HttpHeaders headers =
        PassedHeaders.toService(incoming, caller == null ? null : caller.authorization());
    if (route.upstream() == Upstream.ACCOUNTS) {
      DeviceToken.of(incoming, settings.deviceCookieName())
          .ifPresent(device -> headers.set(DeviceToken.HEADER, device));
    }
    return headers;
  }

  private ServerResponse forward(Route route, ServerRequest request, @Nullable AccessToken caller) {
    HttpServletRequest incoming = request.servletRequest();
    route.timeout().applyTo(request);
    String base = calls.baseOf(route.upstream());
    ProxyExchange.Request outgoing =
        proxy
            .request(request)
            .uri(URI.create(base + target(route, incoming.getQueryString())))
            .headers(headers(route, incoming, caller))
            .responseConsumer((answer, response) ->
                PassedHeaders.toCaller(
                    answer.getHeaders(), response.headers(), base, settings.publicOrigin()))
            .build();
    String method = incoming.getMethod();
    boolean safe = method.equals("GET") || method.equals("HEAD");
    boolean repeatable = safe && !hasBody(incoming);
    UpstreamCalls.Place place =
        LongPoll.isAskedFor(incoming) ? UpstreamCalls.Place.LONG_POLL : UpstreamCalls.Place.CALL;
    ServerResponse answer =
        calls.call(route.upstream(), place, repeatable, () -> proxy.exchange(outgoing));
    refuseWhereNobodyAnswered(request, answer);
    answer.headers().remove(UpstreamCalls.SOMEBODY_ELSES_OUTAGE);
    if (route.upstream() == Upstream.ACCOUNTS && !safe && answer.statusCode().is2xxSuccessful()) {
      callers.invalidateTokens(incoming);
    }
    return answer;
  }

  /** A web server that stops answers so by itself: the service has not seen the request. */
  private static void refuseWhereNobodyAnswered(ServerRequest request, ServerResponse answer) {
    if (answer.statusCode().isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)
        && answer.headers().getFirst(HttpHeaders.RETRY_AFTER) == null
        && answer.headers().getFirst(UpstreamCalls.SOMEBODY_ELSES_OUTAGE) == null) {
      // Whoever would have written the answer would have closed it: its connection is free again.
      ClientHttpResponse unread = MvcUtils.getAttribute(request, MvcUtils.CLIENT_RESPONSE_ATTR);
      if (unread != null) {
        unread.close();
      }
      throw Refusal.serviceUnavailable(UpstreamCalls.RETRY_AFTER_SECONDS);
    }
  }

  /**
   * Null where nobody is logged in, or where it is not certain that the page of the request is
   * ours: a page says that itself, and a log-in mends it.
   */
  private @Nullable AccessToken whoeverAsks(HttpServletRequest request) {
    try {
      return callers.authenticate(request);
    } catch (Refusal e) {
      if (e.status() == HttpStatus.UNAUTHORIZED.value()
          || e.status() == HttpStatus.FORBIDDEN.value()) {
        return null;
      }
      throw e;
    }
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  private static String target(Route route, @Nullable String query) {
    return query == null ? route.path() : route.path() + "?" + query;
  }
}
