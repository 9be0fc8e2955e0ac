package io.cpdevents.gateway.routes;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.problem.Refusal;
import io.cpdevents.gateway.sessions.CallerAuthentication;
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
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Forwards a request to the service of its route, with Spring Cloud Gateway's {@link
 * ProxyExchange}. Path and query are forwarded byte for byte, and bodies stream unchanged in both
 * directions.
 */
@Configuration(proxyBeanMethods = false)
class Forwarding {

  private final ProxyExchange proxy;
  private final UpstreamCalls calls;
  private final CallerAuthentication callers;
  private final GatewaySettings settings;
  private final MeterRegistry meters;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  Forwarding(
      ProxyExchange proxy,
      UpstreamCalls calls,
      CallerAuthentication callers,
      GatewaySettings settings,
      MeterRegistry meters) {
    this.proxy = proxy;
    this.calls = calls;
    this.callers = callers;
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
      ServerResponse answer = forward(route, request);
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

  private ServerResponse forward(Route route, ServerRequest request) {
    HttpServletRequest incoming = request.servletRequest();
    String method = incoming.getMethod();
    if (!route.kind().allows(method)) {
      throw Refusal.methodNotAllowed(route.kind().methods());
    }
    ServerRequest bounded =
        ServerRequest.create(
            new BoundedRequest(incoming, route.bodyLimitBytes()), request.messageConverters());
    route.timeout().applyTo(bounded);
    String authorization =
        switch (route.kind()) {
          case API -> callers.authorizationFor(incoming);
          case PAGE -> authorizationOfReader(incoming);
          case SESSIONLESS, WEBHOOK, DOCUMENT -> null;
        };
    String base = calls.baseOf(route.upstream());
    ProxyExchange.Request outgoing =
        proxy
            .request(bounded)
            .uri(URI.create(base + target(route, incoming.getQueryString())))
            .headers(PassedHeaders.toService(incoming, authorization))
            .responseConsumer((answer, response) ->
                PassedHeaders.toCaller(
                    answer.getHeaders(), response.headers(), base, settings.publicOrigin()))
            .build();
    boolean safe = method.equals("GET") || method.equals("HEAD");
    boolean repeatable = safe && !hasBody(incoming);
    ServerResponse answer =
        calls.call(route.upstream(), repeatable, () -> proxy.exchange(outgoing));
    if (route.upstream() == Upstream.ACCOUNTS && !safe && answer.statusCode().is2xxSuccessful()) {
      callers.invalidateTokens(incoming);
    }
    return answer;
  }

  /** A page says itself that nobody is logged in. */
  private @Nullable String authorizationOfReader(HttpServletRequest request) {
    try {
      return callers.authorizationFor(request);
    } catch (Refusal e) {
      if (e.status() == HttpStatus.UNAUTHORIZED.value()) {
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
