package io.cpdevents.gateway.filter;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.callers.Held;
import io.cpdevents.gateway.callers.RequestsUnderWay;
import io.cpdevents.gateway.connections.TrustedProxies;
import io.cpdevents.gateway.problem.ProblemBody;
import io.cpdevents.gateway.problem.Refusal;
import io.cpdevents.gateway.problem.SecurityEvents;
import io.cpdevents.gateway.upstream.UpstreamCalls;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Surrounds every request: gives it trace ids, sets security headers, validates it, limits it, and
 * writes refusals as problems.
 */
public final class RequestFilter implements Filter {

  private static final Logger log = LoggerFactory.getLogger(RequestFilter.class);
  private static final String ACTUATOR = "/actuator";
  private static final String CORRELATION_ID = "correlationId";
  private static final String TRACE_ID = "traceId";

  /** The place of a request among those under way, from when it gets one. */
  private static final class Place implements Held {

    private @Nullable Held held;

    void take(Held place) {
      held = place;
    }

    @Override
    public void close() {
      if (held != null) {
        held.close();
      }
    }
  }

  private final GatewaySettings settings;
  private final AllowedOrigins allowedOrigins;
  private final RateLimiter rateLimiter;
  private final RequestsUnderWay underWay;
  private final SecurityEvents securityEvents;

  /** The one filter of the gateway. */
  public RequestFilter(
      GatewaySettings settings,
      AllowedOrigins allowedOrigins,
      RateLimiter rateLimiter,
      RequestsUnderWay underWay,
      SecurityEvents securityEvents) {
    this.settings = settings;
    this.allowedOrigins = allowedOrigins;
    this.rateLimiter = rateLimiter;
    this.underWay = underWay;
    this.securityEvents = securityEvents;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest incoming = (HttpServletRequest) request;
    HttpServletResponse outgoing = (HttpServletResponse) response;
    RequestTrace trace = RequestTrace.begin(incoming);
    incoming.setAttribute(ProblemBody.TRACE_ID_ATTRIBUTE, trace.traceId());
    MDC.put(CORRELATION_ID, trace.correlationId());
    MDC.put(TRACE_ID, trace.traceId());
    outgoing.setHeader(RequestTrace.CORRELATION_HEADER, trace.correlationId());
    try (Place place = new Place()) {
      answer(incoming, outgoing, chain, place);
    } finally {
      MDC.remove(CORRELATION_ID);
      MDC.remove(TRACE_ID);
    }
  }

  private void answer(
      HttpServletRequest incoming, HttpServletResponse outgoing, FilterChain chain, Place place)
      throws IOException, ServletException {
    try {
      admit(incoming, outgoing, chain, place);
    } catch (Refusal e) {
      refuse(incoming, outgoing, e);
    } catch (ServletException e) {
      // Spring MVC wraps what a handler throws.
      if (!(e.getCause() instanceof Refusal refusal)) {
        throw e;
      }
      refuse(incoming, outgoing, refusal);
    } catch (IOException e) {
      if (outgoing.isCommitted()) {
        throw e;
      }
      log.warn("An answer broke off before anything of it was sent: {}", e.toString());
      refuse(incoming, outgoing, Refusal.serviceUnavailable(UpstreamCalls.RETRY_AFTER_SECONDS));
    } finally {
      closeServiceAnswer(incoming);
    }
  }

  private void admit(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, Place place)
      throws IOException, ServletException {
    SecurityHeaders.of(request.getRequestURI()).set(response, settings.isHttps());
    validate(request);
    boolean management = isManagement(request);
    if (request.getRequestURI().startsWith(ACTUATOR) != management) {
      throw Refusal.notFound();
    }
    if (management) {
      chain.doFilter(request, response);
      return;
    }
    rateLimiter.admitAddress(request.getRemoteAddr(), request.getRequestURI());
    if (allowedOrigins.handleCors(request, response)) {
      return;
    }
    place.take(
        underWay.begin(request.getRemoteAddr(), request.getServletConnection().getConnectionId()));
    chain.doFilter(request, new OneCacheControl(response));
  }

  private void validate(HttpServletRequest request) {
    try {
      RequestValidation.check(request);
    } catch (Refusal e) {
      securityEvents.unusual(request);
      throw e;
    }
  }

  /**
   * Whether the caller may see {@code /actuator}. Everybody who reaches the management port may;
   * without such a port, only a program on this machine that comes through no proxy.
   */
  private boolean isManagement(HttpServletRequest request) {
    if (settings.managementPort() > 0) {
      return request.getLocalPort() == settings.managementPort();
    }
    return request.getRequestURI().startsWith(ACTUATOR)
        && !TrustedProxies.haveSent(request)
        && request.getHeader("X-Forwarded-For") == null
        && request.getHeader("Forwarded") == null
        && isThisMachine(request.getRemoteAddr());
  }

  private static boolean isThisMachine(String address) {
    return InetAddress.ofLiteral(address).isLoopbackAddress();
  }

  /** Spring Cloud Gateway leaves answers open that become a 304 or are never written. */
  private static void closeServiceAnswer(HttpServletRequest request) {
    if (request.getAttribute(MvcUtils.CLIENT_RESPONSE_ATTR) instanceof ClientHttpResponse answer) {
      answer.close();
    }
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
      throws IOException {
    // Debug only: an open breaker alone refuses a thousand requests a second.
    log.debug("{} {}: {}", request.getMethod(), request.getRequestURI(), refusal.code());
    securityEvents.refused(refusal, request);
    if (refusal.status() == HttpServletResponse.SC_REQUEST_TIMEOUT) {
      request.setAttribute(ProblemBody.GIVEN_UP_ATTRIBUTE, true);
    }
    if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof IOException) {
      // Tomcat could not read the body, has set 400 or 408, and lets only its valve answer.
      return;
    }
    if (response.isCommitted()) {
      // The status is sent already, so all that is left is to cut the connection.
      throw new IOException(refusal);
    }
    response.resetBuffer();
    ProblemBody.write(
        response,
        ProblemBody.Asked.of(settings.publicUrl(), request, RequestTrace.of(request).traceId()),
        refusal);
  }
}
