package io.cpdevents.platform.error;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import jakarta.validation.ConstraintViolation;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.util.ClassUtils;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What Jackson and Bean Validation say about a field, in the words of the API. */
public final class FieldFaults {

  /** How Bean Validation names the element of a list, after its index. */
  private static final String LIST_ELEMENT = ".<list element>";

  private static final String STRING = "string";

  private FieldFaults() {}

  /** What is wrong with a field of a body that was read. */
  public static FieldError of(ConstraintViolation<?> violation) {
    String constraint =
        violation.getConstraintDescriptor().getAnnotation().annotationType().getSimpleName();
    return fault(constraint, violation.getMessage())
        .at(violation.getPropertyPath().toString().replace(LIST_ELEMENT, ""));
  }

  /**
   * What is wrong with a parameter of an endpoint that cannot be resolved; none when the failure is
   * about no field.
   */
  public static List<FieldError> ofParameter(Exception failure) {
    return switch (failure) {
      case RuleViolation refusal -> refusal.errors();
      case MethodArgumentNotValidException invalid ->
          invalid.getBindingResult().getAllErrors().stream().map(FieldFaults::of).toList();
      case MethodArgumentTypeMismatchException mismatch ->
          List.of(
              isText(mismatch.getRequiredType())
                  ? FieldProblem.WRONG_FORMAT.at(mismatch.getName())
                  : FieldProblem.WRONG_TYPE.at(
                      mismatch.getName(), allowedBy(mismatch.getRequiredType())));
      case MissingServletRequestParameterException missing ->
          List.of(FieldProblem.REQUIRED.at(missing.getParameterName()));
      case MissingServletRequestPartException missing ->
          List.of(FieldProblem.REQUIRED.at(missing.getRequestPartName()));
      case MissingRequestHeaderException missing ->
          List.of(FieldProblem.REQUIRED.at(missing.getHeaderName()));
      default -> List.of();
    };
  }

  /** What is wrong with a parameter that was read. */
  public static Stream<FieldError> of(ParameterValidationResult result) {
    if (result instanceof ParameterErrors body) {
      return body.getAllErrors().stream().map(FieldFaults::of);
    }
    String name = result.getMethodParameter().getParameterName();
    return result.getResolvableErrors().stream()
        .map(error -> code(error).at(name == null ? "" : name));
  }

  /** Why a field cannot be read; empty when what was read is no JSON. */
  public static Optional<FieldError> of(JacksonException failure) {
    return switch (failure) {
      case UnrecognizedPropertyException unknown ->
          Optional.of(FieldProblem.UNKNOWN_FIELD.at(path(unknown)));
      case InputCoercionException _ -> Optional.of(FieldProblem.OUT_OF_RANGE.at(path(failure)));
      case DatabindException mismatch when mismatch.getCause() instanceof InputCoercionException ->
          Optional.of(FieldProblem.OUT_OF_RANGE.at(path(mismatch)));
      // It is text, as it should be, but not of the form that the field asks for.
      case InvalidFormatException typed when isText(typed.getTargetType()) ->
          Optional.of(FieldProblem.WRONG_FORMAT.at(path(typed)));
      case DatabindException mismatch when !(mismatch.getCause() instanceof StreamReadException) ->
          Optional.of(FieldProblem.WRONG_TYPE.at(path(mismatch), allowedBy(typeOf(mismatch))));
      default -> Optional.empty();
    };
  }

  /** The refusal of a request with these faults, of which there is one at least. */
  public static RuleViolation refusal(List<FieldError> errors) {
    return problemOf(errors.stream().map(FieldError::code).collect(Collectors.toSet()))
        .violation(errors);
  }

  private static CommonProblem problemOf(Set<FieldProblem> faults) {
    if (faults.contains(FieldProblem.UNKNOWN_FIELD)) {
      return CommonProblem.UNKNOWN_FIELD;
    }
    return faults.equals(Set.of(FieldProblem.AMOUNT_NOT_PAYABLE))
        ? CommonProblem.AMOUNT_NOT_PAYABLE
        : CommonProblem.INVALID_REQUEST;
  }

  private static FieldError of(ObjectError error) {
    String field =
        error instanceof org.springframework.validation.FieldError fieldError
            ? fieldError.getField()
            : "";
    return code(error).at(field);
  }

  private static FieldProblem code(MessageSourceResolvable error) {
    String[] codes = error.getCodes();
    String constraint = codes == null || codes.length == 0 ? "" : codes[codes.length - 1];
    return fault(constraint, error.getDefaultMessage());
  }

  /** The values of an enumeration as they are written, or the type's name in the document. */
  private static List<String> allowedBy(@Nullable Class<?> type) {
    if (type == null) {
      return List.of();
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> ContractsJson.kebabCase((Enum<?>) constant))
          .toList();
    }
    return List.of(documentedName(type));
  }

  /** The message of a constraint of our own is a code; those of others have one by their name. */
  private static FieldProblem fault(String constraint, @Nullable String message) {
    return FieldProblem.named(message == null ? "" : message)
        .orElseGet(() ->
            switch (constraint) {
              case "NotNull", "NotBlank" -> FieldProblem.REQUIRED;
              case "Size", "Length" -> FieldProblem.WRONG_LENGTH;
              case "Min",
                  "Max",
                  "Positive",
                  "PositiveOrZero",
                  "DecimalMin",
                  "DecimalMax",
                  "Range" ->
                  FieldProblem.OUT_OF_RANGE;
              default -> FieldProblem.WRONG_FORMAT;
            });
  }

  private static @Nullable Class<?> typeOf(DatabindException mismatch) {
    return mismatch instanceof MismatchedInputException input ? input.getTargetType() : null;
  }

  private static String documentedName(Class<?> valueType) {
    Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(valueType);
    if (type == Integer.class || type == Long.class || type == BigInteger.class) {
      return "integer";
    }
    if (Number.class.isAssignableFrom(type)) {
      return "number";
    }
    if (type == Boolean.class) {
      return "boolean";
    }
    if (type == UUID.class) {
      return "uuid";
    }
    if (type == Instant.class) {
      return "date-time";
    }
    if (type == LocalDate.class) {
      return "date";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "array";
    }
    boolean isObject =
        type.isRecord()
            || Map.class.isAssignableFrom(type)
            || JsonNode.class.isAssignableFrom(type);
    return isObject ? "object" : STRING;
  }

  private static boolean isText(@Nullable Class<?> type) {
    return type != null && !type.isEnum() && documentedName(type).equals(STRING);
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
}
