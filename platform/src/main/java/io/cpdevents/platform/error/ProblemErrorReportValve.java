package io.cpdevents.platform.error;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Answers as problem+json what Tomcat refuses before any other code runs, such as a broken request
 * line. Tomcat creates it by its class name.
 */
public final class ProblemErrorReportValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    int code = response.getStatus();
    if (code < HttpStatus.BAD_REQUEST.value()
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    HttpStatus resolved = HttpStatus.resolve(code);
    HttpStatus status = resolved == null ? HttpStatus.BAD_REQUEST : resolved;
    String problemCode =
        status.is5xxServerError()
            ? "internal-error"
            : status.getReasonPhrase().replace(' ', '-').toLowerCase(Locale.ROOT);
    byte[] body =
        """
        {"type":"urn:cpd:problem:%1$s","title":"%2$s","status":%3$d,"detail":"%2$s.","code":"%1$s"}\
        """
            .formatted(problemCode, status.getReasonPhrase(), status.value())
            .getBytes(StandardCharsets.UTF_8);
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setContentLength(body.length);
    try {
      response.getOutputStream().write(body);
      response.finishResponse();
    } catch (IOException gone) {
      container.getLogger().debug("The client closed the connection", gone);
    }
  }
}
