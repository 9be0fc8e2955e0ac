package io.cpdevents.platform.error;

import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Answers every failure of a request as problem+json with a stable code and no internals. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class ProblemAdvice {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final String SQL_STATE_UNTRANSLATABLE_CHARACTER = "22021";
  private static final String SQL_STATE_OUT_OF_RANGE = "22003";

  private final ProblemWriter problems;

  ProblemAdvice(ProblemWriter problems) {
    this.problems = problems;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(RuleViolation violation) {
    ResponseEntity<ProblemDetail> answer =
        answer(
            statusOf(violation.kind()),
            violation.code(),
            violation.getMessage(),
            violation.errors());
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
  ResponseEntity<ProblemDetail> on(MethodArgumentNotValidException invalid) {
    List<FieldError> errors =
        invalid.getBindingResult().getAllErrors().stream().map(ProblemAdvice::fieldError).toList();
    return invalidRequest(errors);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(HandlerMethodValidationException invalid) {
    return invalidRequest(
        invalid.getParameterValidationResults().stream().flatMap(ProblemAdvice::errors).toList());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(ConstraintViolationException invalid) {
    return invalidRequest(
        invalid.getConstraintViolations().stream().map(ProblemAdvice::fieldError).toList());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(MethodArgumentTypeMismatchException mismatch) {
    return invalidRequest(List.of(new FieldError(mismatch.getName(), "wrong-type")));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(HttpMessageNotReadableException unreadable) {
    for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case BodyTooLargeException tooLarge -> {
          return answer(
              HttpStatus.CONTENT_TOO_LARGE, "body-too-large", tooLarge.getMessage(), List.of());
        }
        case UnrecognizedPropertyException unknown -> {
          return answer(
              HttpStatus.BAD_REQUEST,
              "unknown-field",
              "The request has a field that is not known.",
              List.of(new FieldError(path(unknown), "unknown-field")));
        }
        case InputCoercionException outOfRange -> {
          return invalidRequest(List.of(new FieldError(path(outOfRange), "out-of-range")));
        }
        case StreamReadException _ -> {
          return malformed();
        }
        case DatabindException mismatch -> {
          if (mismatch.getCause() instanceof InputCoercionException) {
            return invalidRequest(List.of(new FieldError(path(mismatch), "out-of-range")));
          }
          if (mismatch.getCause() instanceof StreamReadException) {
            return malformed();
          }
          return invalidRequest(List.of(new FieldError(path(mismatch), "wrong-type")));
        }
        default -> {}
      }
    }
    return malformed();
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(BodyTooLargeException tooLarge) {
    return answer(HttpStatus.CONTENT_TOO_LARGE, "body-too-large", tooLarge.getMessage(), List.of());
  }

  /** The container has read more of a form than it may. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(MaxUploadSizeExceededException tooLarge) {
    return answer(
        HttpStatus.CONTENT_TOO_LARGE, "body-too-large", "The body is too large.", List.of());
  }

  /** The parts of a form cannot be read. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(MultipartException unreadable) {
    return answer(
        HttpStatus.BAD_REQUEST, "malformed-request", "The form cannot be read.", List.of());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(MissingServletRequestPartException missing) {
    return invalidRequest(List.of(new FieldError(missing.getRequestPartName(), "required")));
  }

  /** Tomcat cannot decode the query, for example because of broken UTF-8. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(InvalidParameterException undecodable) {
    return answer(
        HttpStatus.BAD_REQUEST, "malformed-request", "The query cannot be decoded.", List.of());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(MissingRequestValueException missing) {
    return answer(
        HttpStatus.BAD_REQUEST, "invalid-request", "A required value is missing.", List.of());
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
                HttpStatus.SERVICE_UNAVAILABLE,
                "service-unavailable",
                "A part of the system does not answer at the moment. Try again soon."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(DataAccessException failure) {
    String state = sqlState(failure);
    if (SQL_STATE_UNTRANSLATABLE_CHARACTER.equals(state)) {
      return answer(
          HttpStatus.BAD_REQUEST,
          "invalid-request",
          "The request has a character that cannot be stored.",
          List.of());
    }
    if (SQL_STATE_OUT_OF_RANGE.equals(state)) {
      return answer(
          HttpStatus.BAD_REQUEST, "invalid-request", "A number is out of range.", List.of());
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
    HttpStatusCode code = refusal.getStatusCode();
    HttpStatus status = HttpStatus.valueOf(code.value());
    return ResponseEntity.status(status)
        .headers(refusal.getHeaders())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problems.problem(status, kebabCase(status.getReasonPhrase()), sentence(status)));
  }

  private ResponseEntity<ProblemDetail> bug(Exception failure) {
    log.error("A request failed", failure);
    return answer(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "internal-error",
        "Something went wrong on our side.",
        List.of());
  }

  private ResponseEntity<ProblemDetail> malformed() {
    return answer(
        HttpStatus.BAD_REQUEST, "malformed-json", "The body is not the expected JSON.", List.of());
  }

  private ResponseEntity<ProblemDetail> invalidRequest(List<FieldError> errors) {
    return answer(HttpStatus.BAD_REQUEST, "invalid-request", "Some fields are not valid.", errors);
  }

  private ResponseEntity<ProblemDetail> answer(
      HttpStatus status, String code, @Nullable String detail, List<FieldError> errors) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problems.problem(status, code, detail == null ? "" : detail, errors));
  }

  private static HttpStatus statusOf(RuleViolation.Kind kind) {
    return switch (kind) {
      case INVALID -> HttpStatus.BAD_REQUEST;
      case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
      case PAYMENT_REQUIRED -> HttpStatus.PAYMENT_REQUIRED;
      case FORBIDDEN -> HttpStatus.FORBIDDEN;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case CONFLICT -> HttpStatus.CONFLICT;
      case CHANGED_MEANWHILE -> HttpStatus.PRECONDITION_FAILED;
      case UNPROCESSABLE -> HttpStatus.UNPROCESSABLE_CONTENT;
      case TOO_MANY_REQUESTS -> HttpStatus.TOO_MANY_REQUESTS;
      case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
    };
  }

  private static String sentence(HttpStatus status) {
    return switch (status) {
      case NOT_FOUND -> "There is nothing here.";
      case METHOD_NOT_ALLOWED -> "This method is not allowed here.";
      case UNSUPPORTED_MEDIA_TYPE -> "The body must be application/json.";
      case NOT_ACCEPTABLE -> "The answer is not available in that form.";
      default -> status.getReasonPhrase() + ".";
    };
  }

  private static Stream<FieldError> errors(ParameterValidationResult result) {
    if (result instanceof ParameterErrors body) {
      return body.getAllErrors().stream().map(ProblemAdvice::fieldError);
    }
    String name = result.getMethodParameter().getParameterName();
    return result.getResolvableErrors().stream()
        .map(error -> new FieldError(name == null ? "" : name, constraintCode(error)));
  }

  private static FieldError fieldError(ObjectError error) {
    String field =
        error instanceof org.springframework.validation.FieldError fieldError
            ? fieldError.getField()
            : "";
    return new FieldError(field, constraintCode(error));
  }

  private static FieldError fieldError(ConstraintViolation<?> violation) {
    String constraint =
        violation.getConstraintDescriptor().getAnnotation().annotationType().getSimpleName();
    return new FieldError(
        violation.getPropertyPath().toString(), codeOf(constraint, violation.getMessage()));
  }

  private static String constraintCode(MessageSourceResolvable error) {
    String[] codes = error.getCodes();
    return codes == null || codes.length == 0
        ? "invalid"
        : codeOf(codes[codes.length - 1], error.getDefaultMessage());
  }

  private static String codeOf(String constraint, @Nullable String message) {
    return switch (constraint) {
      case "OneLine", "Prose", "EmailAddress" -> String.valueOf(message);
      case "NotNull", "NotBlank", "NotEmpty" -> "required";
      case "Size", "Length" -> "wrong-length";
      case "Min", "Max", "Positive", "PositiveOrZero", "DecimalMin", "DecimalMax", "Range" ->
          "out-of-range";
      case "Email", "Pattern" -> "wrong-format";
      default -> kebabCase(constraint);
    };
  }

  private static String path(JacksonException failure) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference reference : failure.getPath()) {
      if (reference.getPropertyName() != null) {
        path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
      } else {
        path.append('[').append(reference.getIndex()).append(']');
      }
    }
    return path.toString();
  }

  private static @Nullable String sqlState(DataAccessException failure) {
    return failure.getRootCause() instanceof SQLException sql ? sql.getSQLState() : null;
  }

  private static String kebabCase(String words) {
    return words
        .replaceAll("([a-z])([A-Z])", "$1-$2")
        .replace(' ', '-')
        .replaceAll("[^A-Za-z-]", "")
        .toLowerCase(Locale.ROOT);
  }
}
