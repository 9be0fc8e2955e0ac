package io.cpdevents.platform.error;

import io.cpdevents.platform.security.PublicEndpoint;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers as problem+json what the servlet container itself refuses. */
@RestController
final class ProblemErrorController implements ErrorController {

  private final ProblemWriter problems;

  ProblemErrorController(ProblemWriter problems) {
    this.problems = problems;
  }

  @RequestMapping("/error")
  @PublicEndpoint
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    HttpStatus resolved = code instanceof Integer number ? HttpStatus.resolve(number) : null;
    HttpStatus status = resolved == null ? HttpStatus.INTERNAL_SERVER_ERROR : resolved;
    String problemCode =
        status.is5xxServerError()
            ? "internal-error"
            : status.getReasonPhrase().replace(' ', '-').toLowerCase(Locale.ROOT);
    problems.write(request, response, status, problemCode, status.getReasonPhrase() + ".");
  }
}
