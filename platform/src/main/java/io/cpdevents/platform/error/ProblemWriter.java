package io.cpdevents.platform.error;

import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.observability.TraceContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** Writes RFC 9457 problem+json with a stable {@code code}, for controllers and for filters. */
public final class ProblemWriter {

  private static final String TYPE_PREFIX = "urn:cpd:problem:";

  private final JsonMapper json;
  private final TraceContext traceContext;

  /** Writes with the application's JSON mapper. */
  public ProblemWriter(JsonMapper json, TraceContext traceContext) {
    this.json = json;
    this.traceContext = traceContext;
  }

  /** The body of a refusal. */
  public ProblemDetail problem(HttpStatus status, String code, String detail) {
    return problem(status, code, detail, List.of());
  }

  /** The body of a refusal that names fields. */
  public ProblemDetail problem(
      HttpStatus status, String code, String detail, List<FieldError> errors) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create(TYPE_PREFIX + code));
    problem.setTitle(status.getReasonPhrase());
    problem.setProperty("code", code);
    if (!errors.isEmpty()) {
      problem.setProperty("errors", errors);
    }
    String traceId = traceContext.traceId();
    if (traceId != null) {
      problem.setProperty("traceId", traceId);
    }
    return problem;
  }

  /** Writes the answer from a filter, where no controller advice applies. */
  public void write(
      HttpServletRequest request,
      HttpServletResponse response,
      HttpStatus status,
      String code,
      String detail)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    if (status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.CONFLICT) {
      response.setHeader("Retry-After", "1");
    }
    if (!"HEAD".equals(request.getMethod())) {
      response.getOutputStream().write(json.writeValueAsBytes(problem(status, code, detail)));
    }
  }
}
