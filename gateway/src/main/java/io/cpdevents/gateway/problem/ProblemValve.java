package io.cpdevents.gateway.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes problems in place of Tomcat's HTML page, for what Tomcat refuses before any filter runs
 * and for what fails.
 */
final class ProblemValve extends ErrorReportValve {

  private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

  private final URI publicUrl;
  private final SecurityEvents securityEvents;

  /** For a gateway at this address. */
  ProblemValve(URI publicUrl, SecurityEvents securityEvents) {
    this.publicUrl = publicUrl;
    this.securityEvents = securityEvents;
  }

  private static @Nullable String traceId(Request request) {
    return request.getAttribute(ProblemBody.TRACE_ID_ATTRIBUTE) instanceof String id ? id : null;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    if (status >= 500 && throwable != null) {
      log.error("A request failed in the gateway", throwable);
    }
    if (status == HttpServletResponse.SC_NOT_IMPLEMENTED
        || status == HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED) {
      // Tomcat does not know the transfer coding, say; that is the caller's error, not a failure.
      status = HttpServletResponse.SC_BAD_REQUEST;
      response.setStatus(status);
    }
    String traceId = traceId(request);
    if (traceId == null && status == HttpServletResponse.SC_BAD_REQUEST) {
      // Tomcat itself has refused it: a path beyond the root, an encoded slash, two lengths.
      securityEvents.unusual(request);
    }
    ProblemBody.Asked asked = ProblemBody.Asked.of(publicUrl, request, traceId);
    byte[] body = ProblemBody.ofStatus(asked, status);
    asked.describe(response);
    response.setContentLength(body.length);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    try {
      response.getOutputStream().write(body);
      response.finishResponse();
    } catch (IOException e) {
      log.debug("The caller left before the answer", e);
    }
  }
}
