package io.cpdevents.platform.error;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Answers as problem+json what Tomcat refuses before any other code runs, such as a broken request
 * line.
 */
final class ProblemErrorReportValve extends ErrorReportValve {

  private final ProblemWriter problems;

  ProblemErrorReportValve(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    int status = response.getStatus();
    if (status < HttpStatus.BAD_REQUEST.value()
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    CommonProblem problem =
        status == HttpStatus.NOT_IMPLEMENTED.value()
                || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED.value()
            // Tomcat does not know the transfer coding, say; that is the caller's error.
            ? CommonProblem.MALFORMED_REQUEST
            : CommonProblem.ofStatus(status);
    byte[] body = problems.bytes(problem, problem.meaning(), request.getRequestURI());
    response.setStatus(problem.kind().status());
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
