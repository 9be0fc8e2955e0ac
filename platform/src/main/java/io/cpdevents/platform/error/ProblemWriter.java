package io.cpdevents.platform.error;

import io.cpdevents.platform.error.ProblemCode.Kind;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.observability.TraceContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** Writes RFC 9457 problem+json with a stable {@code code}, for controllers and for filters. */
public final class ProblemWriter {

  /** Below it the gateway describes each code. */
  private static final String TYPES_PATH = "/problems/";

  /** What finds them finds them in no order. The tenth element of a list comes after the second. */
  private static final Comparator<FieldError> BY_PATH =
      Comparator.comparing(ProblemWriter::sortable).thenComparing(FieldError::code);

  private static final Pattern INDEX = Pattern.compile("(?<=\\[)[0-9]+(?=])");
  private static final int MAX_INDEX_DIGITS = 10;

  private final String publicUrl;
  private final JsonMapper json;
  private final TraceContext traceContext;

  /**
   * Writes with the application's JSON mapper.
   *
   * @param publicUrl of the gateway, without a slash at the end
   */
  public ProblemWriter(String publicUrl, JsonMapper json, TraceContext traceContext) {
    this.publicUrl = publicUrl;
    this.json = json;
    this.traceContext = traceContext;
  }

  /** The body of a refusal. */
  public ProblemDetail problem(ProblemCode code, String detail) {
    return problem(code, detail, List.of());
  }

  /** The body of a refusal that names fields. */
  public ProblemDetail problem(ProblemCode code, String detail, List<FieldError> errors) {
    HttpStatus status = HttpStatus.valueOf(code.kind().status());
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create(publicUrl + TYPES_PATH + code.code()));
    problem.setTitle(status.getReasonPhrase());
    problem.setProperty("code", code.code());
    if (!errors.isEmpty()) {
      problem.setProperty("errors", errors.stream().distinct().sorted(BY_PATH).toList());
    }
    String traceId = traceContext.traceId();
    if (traceId != null) {
      problem.setProperty("traceId", traceId);
    }
    return problem;
  }

  private static String sortable(FieldError error) {
    return INDEX
        .matcher(error.field())
        .replaceAll(index ->
            "0".repeat(Math.max(0, MAX_INDEX_DIGITS - index.group().length())) + index.group());
  }

  /** Writes the answer from a filter, where no controller advice applies. */
  public void write(HttpServletRequest request, HttpServletResponse response, ProblemCode code)
      throws IOException {
    write(request, response, code, code.meaning());
  }

  /** Writes the answer from a filter, with a sentence that says more than the code's meaning. */
  public void write(
      HttpServletRequest request, HttpServletResponse response, ProblemCode code, String detail)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(code.kind().status());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    if (code.kind() == Kind.UNAVAILABLE || code.kind() == Kind.CONFLICT) {
      response.setHeader("Retry-After", "1");
    }
    if (!"HEAD".equals(request.getMethod())) {
      response.getOutputStream().write(bytes(code, detail, request.getRequestURI()));
    }
  }

  /** The answer as bytes, for where there are no controllers. */
  byte[] bytes(ProblemCode code, String detail, @Nullable String path) {
    ProblemDetail problem = problem(code, detail);
    problem.setInstance(instance(path));
    return json.writeValueAsBytes(problem);
  }

  /** The address that was asked; null when it cannot be written as one. */
  private static @Nullable URI instance(@Nullable String path) {
    try {
      return path == null ? null : new URI(path);
    } catch (URISyntaxException unreadable) {
      return null;
    }
  }
}
