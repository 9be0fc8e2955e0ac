package io.cpdevents.platform.error;

import io.cpdevents.platform.security.PublicEndpoint;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
    problems.write(
        request,
        response,
        CommonProblem.ofStatus(
            code instanceof Integer status ? status : HttpStatus.INTERNAL_SERVER_ERROR.value()));
  }
}
