package io.cpdevents.platform.error;

import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.HandlerMapping;

/** Answers every failure of a request as problem+json with a stable code and no internals. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class ProblemAdvice {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  /**
   * In a 503 of a service that is well itself: which problem it is. Such answers are made by what
   * callers ask for, and the gateway, which hears of it by this header, goes on calling us.
   */
  public static final String SOMEBODY_ELSES_OUTAGE = "X-Cpd-Unavailable";

  private static final String SQL_STATE_UNTRANSLATABLE_CHARACTER = "22021";
  private static final String SQL_STATE_OUT_OF_RANGE = "22003";

  private final ProblemWriter problems;
  private final SecurityEvents securityEvents;
  private final boolean holdsToDocument;

  ProblemAdvice(ProblemWriter problems, SecurityEvents securityEvents, boolean holdsToDocument) {
    this.problems = problems;
    this.securityEvents = securityEvents;
    this.holdsToDocument = holdsToDocument;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(RuleViolation violation, HttpServletRequest request) {
    Object handler = request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE);
    if (holdsToDocument
        && handler instanceof HandlerMethod endpoint
        && !Refusals.isNamed(endpoint, violation.problem())) {
      return bug(
          new IllegalStateException(
              "%s refuses by %s, which its @Refuses or @RefusesCommonly does not name"
                  .formatted(endpoint.getShortLogMessage(), violation.problem().name()),
              violation));
    }
    securityEvents.refused(violation.problem(), request);
    ResponseEntity<ProblemDetail> answer =
        answer(violation.problem(), violation.getMessage(), violation.errors());
    ProblemDetail body = answer.getBody();
    if (body != null) {
      violation.members().forEach(body::setProperty);
    }
    Duration retryAfter = violation.retryAfter();
    if (retryAfter == null) {
      return answer;
    }
    return ResponseEntity.status(answer.getStatusCode())
        .headers(answer.getHeaders())
        .header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())))
        .body(answer.getBody());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(
      HandlerMethodValidationException invalid, HttpServletRequest request) {
    return on(
        FieldFaults.refusal(
            invalid.getParameterValidationResults().stream().flatMap(FieldFaults::of).toList()),
        request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(HttpMessageNotReadableException unreadable) {
    for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
      if (cause instanceof BodyTooLargeException tooLarge) {
        return on(tooLarge);
      }
    }
    return answer(CommonProblem.MALFORMED_JSON, null, List.of());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(BodyTooLargeException tooLarge) {
    return answer(CommonProblem.BODY_TOO_LARGE, tooLarge.getMessage(), List.of());
  }

  /** The container has read more of a form than it may. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(MaxUploadSizeExceededException tooLarge) {
    return answer(CommonProblem.BODY_TOO_LARGE, null, List.of());
  }

  /** The parts of a form cannot be read. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(MultipartException unreadable) {
    return answer(CommonProblem.MALFORMED_REQUEST, "The form cannot be read.", List.of());
  }

  /** Tomcat cannot decode the query, for example because of broken UTF-8. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(InvalidParameterException undecodable) {
    return answer(CommonProblem.MALFORMED_REQUEST, "The query cannot be decoded.", List.of());
  }

  @ExceptionHandler({
    DataAccessResourceFailureException.class,
    TransientDataAccessException.class,
    CannotCreateTransactionException.class,
    TransactionSystemException.class,
    ResourceAccessException.class,
    TimeoutException.class,
    CallNotPermittedException.class,
    BulkheadFullException.class,
  })
  ResponseEntity<ProblemDetail> onUnavailable(Exception outage) {
    log.warn("A request is refused because a dependency does not answer: {}", outage.toString());
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .header(HttpHeaders.RETRY_AFTER, "1")
        .body(
            problems.problem(
                CommonProblem.SERVICE_UNAVAILABLE, CommonProblem.SERVICE_UNAVAILABLE.meaning()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(DataAccessException failure) {
    String state = sqlState(failure);
    if (SQL_STATE_UNTRANSLATABLE_CHARACTER.equals(state)) {
      return answer(
          CommonProblem.INVALID_REQUEST,
          "The request has a character that cannot be stored.",
          List.of());
    }
    if (SQL_STATE_OUT_OF_RANGE.equals(state)) {
      return answer(CommonProblem.INVALID_REQUEST, "A number is out of range.", List.of());
    }
    return bug(failure);
  }

  /** The client has closed the connection, so nobody can be answered. */
  @ExceptionHandler
  @Nullable ResponseEntity<ProblemDetail> on(IOException gone) {
    log.debug("The client closed the connection: {}", gone.toString());
    return null;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(Exception failure) {
    if (failure instanceof ErrorResponse refusal && refusal.getStatusCode().is4xxClientError()) {
      return springRefusal(refusal);
    }
    return bug(failure);
  }

  private ResponseEntity<ProblemDetail> springRefusal(ErrorResponse refusal) {
    CommonProblem problem = CommonProblem.ofStatus(refusal.getStatusCode().value());
    return ResponseEntity.status(problem.kind().status())
        .headers(refusal.getHeaders())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problems.problem(problem, problem.meaning()));
  }

  private ResponseEntity<ProblemDetail> bug(Exception failure) {
    log.error("A request failed", failure);
    return answer(CommonProblem.INTERNAL_ERROR, null, List.of());
  }

  private ResponseEntity<ProblemDetail> answer(
      ProblemCode code, @Nullable String detail, List<FieldError> errors) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(code.kind().status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (code.kind() == ProblemCode.Kind.UNAVAILABLE && code != CommonProblem.SERVICE_UNAVAILABLE) {
      answer.header(SOMEBODY_ELSES_OUTAGE, code.code());
    }
    return answer.body(problems.problem(code, detail == null ? code.meaning() : detail, errors));
  }

  private static @Nullable String sqlState(DataAccessException failure) {
    return failure.getRootCause() instanceof SQLException sql ? sql.getSQLState() : null;
  }
}
