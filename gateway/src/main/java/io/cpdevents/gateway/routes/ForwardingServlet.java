package io.cpdevents.gateway.routes;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.edge.RequestTrace;
import io.cpdevents.gateway.problem.Refusal;
import io.cpdevents.gateway.sessions.SessionGate;
import io.cpdevents.gateway.upstream.BodyRefused;
import io.cpdevents.gateway.upstream.Upstream;
import io.cpdevents.gateway.upstream.UpstreamAnswer;
import io.cpdevents.gateway.upstream.UpstreamCalls;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Passes a request on to the service that its route names, and the answer back. Bodies stream
 * through in both directions, unchanged; so do path and query, byte for byte.
 */
public final class ForwardingServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final int BUFFER_BYTES = 8 * 1024;

  private final transient UpstreamCalls calls;
  private final transient SessionGate sessions;
  private final transient MeterRegistry meters;
  private final String publicUrl;
  private final transient Map<String, Timer> timers = new ConcurrentHashMap<>();

  /** One for all routes. */
  public ForwardingServlet(
      UpstreamCalls calls, SessionGate sessions, GatewaySettings settings, MeterRegistry meters) {
    this.calls = calls;
    this.sessions = sessions;
    this.publicUrl = settings.publicOrigin();
    this.meters = meters;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Route route = RouteTable.find(request.getMethod(), request.getRequestURI());
    if (route == null) {
      throw Refusal.notFound();
    }
    if (route.kind() == Route.Kind.WEBHOOK && !request.getMethod().equals("POST")) {
      throw Refusal.methodNotAllowed("POST");
    }
    if (route.kind() == Route.Kind.DOCUMENT && !request.getMethod().equals("GET")) {
      throw Refusal.methodNotAllowed("GET");
    }
    long begun = System.nanoTime();
    int status = 0;
    try {
      status = forward(route, request, response);
    } catch (Refusal e) {
      status = e.status();
      throw e;
    } finally {
      timer(route.upstream(), status).record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    }
  }

  private Timer timer(Upstream upstream, int status) {
    String statusClass = status == 0 ? "aborted" : status / 100 + "xx";
    return timers.computeIfAbsent(
        upstream.serviceName() + statusClass,
        _ ->
            Timer.builder("cpd.gateway.requests")
                .description("Requests by service and class of answer")
                .tag("service", upstream.serviceName())
                .tag("status", statusClass)
                .publishPercentileHistogram()
                .register(meters));
  }

  private int forward(Route route, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    RequestBody body = RequestBody.of(request, route.bodyLimitBytes());
    String authorization =
        route.kind() == Route.Kind.API ? sessions.authorizationFor(request, response) : null;
    ClassicHttpRequest outgoing = outgoing(route, request, authorization);
    outgoing.setEntity(body);
    boolean repeatable = body == null && isSafe(request.getMethod());
    try (UpstreamAnswer answer =
        calls.send(route.upstream(), outgoing, route.patience(), repeatable)) {
      if (route.upstream() == Upstream.ACCOUNTS
          && answer.status() / 100 == 2
          && !isSafe(request.getMethod())) {
        sessions.forget(request);
      }
      pass(route, answer, response);
      return answer.status();
    } catch (BodyRefused e) {
      throw e.refusal();
    }
  }

  private static boolean isSafe(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  private static ClassicHttpRequest outgoing(
      Route route, HttpServletRequest request, @Nullable String authorization) {
    String query = request.getQueryString();
    String target = query == null ? route.path() : route.path() + "?" + query;
    ClassicHttpRequest outgoing = new BasicClassicHttpRequest(request.getMethod(), target);
    String connection = request.getHeader("Connection");
    Enumeration<String> names = request.getHeaderNames();
    while (names.hasMoreElements()) {
      String name = names.nextElement();
      if (PassedHeaders.passesDown(name, connection == null ? "" : connection)) {
        Enumeration<String> values = request.getHeaders(name);
        while (values.hasMoreElements()) {
          outgoing.addHeader(name, values.nextElement());
        }
      }
    }
    if (authorization != null) {
      outgoing.addHeader("Authorization", authorization);
    }
    RequestTrace trace = RequestTrace.of(request);
    outgoing.addHeader("X-Forwarded-For", request.getRemoteAddr());
    outgoing.addHeader(RequestTrace.CORRELATION_HEADER, trace.correlationId());
    outgoing.addHeader("traceparent", trace.traceParent());
    return outgoing;
  }

  private void pass(Route route, UpstreamAnswer answer, HttpServletResponse response)
      throws IOException {
    response.setStatus(answer.status());
    for (Iterator<Header> headers = answer.response().headerIterator(); headers.hasNext(); ) {
      Header header = headers.next();
      if (PassedHeaders.passesUp(header.getName())) {
        response.addHeader(header.getName(), publicValue(route, header));
      }
    }
    HttpEntity entity = answer.response().getEntity();
    if (entity == null) {
      return;
    }
    long lengthBytes = entity.getContentLength();
    if (lengthBytes >= 0) {
      response.setContentLengthLong(lengthBytes);
    }
    int bufferBytes = lengthBytes < 0 ? BUFFER_BYTES : Math.clamp(lengthBytes, 1, BUFFER_BYTES);
    byte[] buffer = new byte[bufferBytes];
    InputStream in = entity.getContent();
    OutputStream out = response.getOutputStream();
    for (int read = read(in, buffer, response); read >= 0; read = read(in, buffer, response)) {
      out.write(buffer, 0, read);
    }
  }

  /** An answer that breaks off is a refusal while nothing of it is out, else a cut connection. */
  private static int read(InputStream in, byte[] buffer, HttpServletResponse response)
      throws IOException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      if (response.isCommitted()) {
        throw e;
      }
      throw Refusal.serviceUnavailable(UpstreamCalls.RETRY_AFTER_SECONDS);
    }
  }

  /** A service may say its own address in {@code Location}; people know only ours. */
  private String publicValue(Route route, Header header) {
    String value = header.getValue() == null ? "" : header.getValue();
    String base = calls.baseOf(route.upstream());
    return header.getName().equalsIgnoreCase("Location") && value.startsWith(base + "/")
        ? publicUrl + value.substring(base.length())
        : value;
  }
}
