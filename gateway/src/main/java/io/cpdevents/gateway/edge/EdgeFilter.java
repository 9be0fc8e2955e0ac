package io.cpdevents.gateway.edge;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.problem.ProblemBody;
import io.cpdevents.gateway.problem.Refusal;
import io.cpdevents.gateway.upstream.UpstreamCalls;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.http.client.ClientHttpResponse;

/** The first and the last that a request meets: trace, headers, shape, limits, and refusals. */
public final class EdgeFilter implements Filter {

  private static final Logger log = LoggerFactory.getLogger(EdgeFilter.class);
  private static final String ACTUATOR = "/actuator";
  private static final String DOCUMENTS_PAGE = "/docs";
  private static final String CORRELATION_ID = "correlationId";
  private static final String TRACE_ID = "traceId";

  /** About 100 KB of heap each while a service is waited for; whoever comes next is refused. */
  private static final int REQUESTS_AT_ONCE = 640;

  private final Semaphore places = new Semaphore(REQUESTS_AT_ONCE);
  private final GatewaySettings settings;
  private final Origins origins;
  private final FloodLimits floods;

  /** One for all requests. */
  public EdgeFilter(GatewaySettings settings, Origins origins, FloodLimits floods) {
    this.settings = settings;
    this.origins = origins;
    this.floods = floods;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest incoming = (HttpServletRequest) request;
    HttpServletResponse outgoing = (HttpServletResponse) response;
    RequestTrace trace = RequestTrace.begin(incoming);
    MDC.put(CORRELATION_ID, trace.correlationId());
    MDC.put(TRACE_ID, trace.traceId());
    outgoing.setHeader(RequestTrace.CORRELATION_HEADER, trace.correlationId());
    try {
      admit(incoming, outgoing, chain);
    } catch (Refusal e) {
      refuse(incoming, outgoing, e);
    } catch (ServletException e) {
      // Spring MVC's wrapping of what a handler throws.
      if (!(e.getCause() instanceof Refusal refusal)) {
        throw e;
      }
      refuse(incoming, outgoing, refusal);
    } catch (IOException e) {
      if (outgoing.isCommitted()) {
        throw e;
      }
      log.warn("An answer broke off before anything of it was out: {}", e.toString());
      refuse(incoming, outgoing, Refusal.serviceUnavailable(UpstreamCalls.RETRY_AFTER_SECONDS));
    } finally {
      closeAnswer(incoming);
      MDC.remove(CORRELATION_ID);
      MDC.remove(TRACE_ID);
    }
  }

  private void admit(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    SecurityHeaders.set(
        response, settings.isHttps(), request.getRequestURI().startsWith(DOCUMENTS_PAGE));
    RequestShape.check(request);
    boolean management = isManagement(request);
    if (request.getRequestURI().startsWith(ACTUATOR) != management) {
      throw Refusal.notFound();
    }
    if (management) {
      chain.doFilter(request, response);
      return;
    }
    floods.admitAddress(request.getRemoteAddr(), request.getRequestURI());
    if (origins.answersPreflight(request, response)) {
      return;
    }
    if (!places.tryAcquire()) {
      throw Refusal.full(UpstreamCalls.RETRY_AFTER_SECONDS);
    }
    try {
      chain.doFilter(request, response);
    } finally {
      places.release();
    }
  }

  /**
   * Whether this is one who may see {@code /actuator}: on the management port everybody who reaches
   * it; without such a port, a program on this machine that no proxy speaks for.
   */
  private boolean isManagement(HttpServletRequest request) {
    if (settings.managementPort() > 0) {
      return request.getLocalPort() == settings.managementPort();
    }
    return request.getRequestURI().startsWith(ACTUATOR)
        && request.getHeader("X-Forwarded-For") == null
        && request.getHeader("Forwarded") == null
        && isThisMachine(request.getRemoteAddr());
  }

  private static boolean isThisMachine(String address) {
    return InetAddress.ofLiteral(address).isLoopbackAddress();
  }

  /** Spring Cloud Gateway leaves one open that becomes a 304, and one that nobody writes out. */
  private static void closeAnswer(HttpServletRequest request) {
    if (request.getAttribute(MvcUtils.CLIENT_RESPONSE_ATTR) instanceof ClientHttpResponse answer) {
      answer.close();
    }
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, Refusal refusal)
      throws IOException {
    // Not louder: who refuses has said so once, and an open breaker refuses a thousand times a
    // second.
    log.debug("{} {}: {}", request.getMethod(), request.getRequestURI(), refusal.code());
    if (response.isCommitted()) {
      // The head is out already: cutting the connection is the only way left to say it.
      throw new IOException(refusal);
    }
    response.resetBuffer();
    ProblemBody.write(response, refusal);
  }
}
