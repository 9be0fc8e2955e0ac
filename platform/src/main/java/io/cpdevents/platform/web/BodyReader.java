package io.cpdevents.platform.web;

import io.cpdevents.platform.error.FieldFaults;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and validates a body so that one answer names all of its faults: fields that are not known
 * or cannot be read, and what validation finds in the others.
 */
final class BodyReader {

  /** Each costs reading the body once more; who sends more is told of the others next time. */
  private static final int MAX_UNREADABLE_FIELDS = 50;

  private final JsonMapper json;
  private final Validator validator;

  BodyReader(JsonMapper json, Validator validator) {
    this.json = json;
    this.validator = validator;
  }

  /**
   * The valid body.
   *
   * @param tree the body, which loses the fields that cannot be read
   * @throws RuleViolation 400 {@code unknown-field} or {@code invalid-request} with every fault
   * @throws HttpMessageNotReadableException when the body has another reason to be unreadable
   */
  Object read(JsonNode tree, JavaType type) {
    List<FieldError> faults = new ArrayList<>();
    Object body = readWhatIsReadable(tree, type, faults);
    if (body != null) {
      List<FieldError> unreadable = List.copyOf(faults);
      invalid(body)
          .filter(fault -> unreadable.stream().noneMatch(each -> follows(fault, each)))
          .forEach(faults::add);
    }
    if (body == null || !faults.isEmpty()) {
      throw FieldFaults.refusal(faults);
    }
    return body;
  }

  /** Takes away what cannot be read until the rest can; null when nothing is left. */
  private @Nullable Object readWhatIsReadable(
      JsonNode tree, JavaType type, List<FieldError> faults) {
    ObjectReader reader = json.readerFor(type).withHandler(new UnknownFields(faults));
    while (true) {
      try {
        return reader.readValue(tree);
      } catch (JacksonException failure) {
        faultsOf(tree, failure).forEach(fault -> add(faults, fault));
        if (faults.size() >= MAX_UNREADABLE_FIELDS || !removeNearest(tree, failure.getPath())) {
          return null;
        }
      }
    }
  }

  private static List<FieldError> faultsOf(JsonNode tree, JacksonException failure) {
    FieldError fault =
        FieldFaults.of(failure)
            .orElseThrow(
                () -> new HttpMessageNotReadableException("no JSON", failure, new ConsumedBody()));
    if (failure instanceof ValueInstantiationException unmade) {
      List<FieldError> missing =
          missing(at(tree, failure.getPath()), unmade.getType().getRawClass(), fault.field());
      return missing.isEmpty() ? List.of(fault) : missing;
    }
    if (failure.getPath().isEmpty() || isGiven(at(tree, failure.getPath()))) {
      return List.of(fault);
    }
    // Jackson says of a number that is not there that null is no number, and stops.
    int parentLength = failure.getPath().size() - 1;
    JacksonException.Reference field = failure.getPath().get(parentLength);
    String parent = fault.field().substring(0, Math.max(0, fault.field().lastIndexOf('.')));
    return field.from() instanceof Class<?> type && type.isRecord()
        ? missing(at(tree, failure.getPath().subList(0, parentLength)), type, parent)
        : List.of(FieldProblem.REQUIRED.at(fault.field()));
  }

  /** The fields without which a record cannot be made, and which the object lacks. */
  private static List<FieldError> missing(JsonNode object, Class<?> type, String path) {
    return !type.isRecord()
        ? List.of()
        : Arrays.stream(type.getRecordComponents())
            .filter(field -> !field.getAnnotatedType().isAnnotationPresent(Nullable.class))
            .filter(field -> !isGiven(object.path(field.getName())))
            .map(field ->
                FieldProblem.REQUIRED.at(
                    path.isEmpty() ? field.getName() : path + "." + field.getName()))
            .toList();
  }

  private static boolean isGiven(JsonNode found) {
    return !found.isMissingNode() && !found.isNull();
  }

  /** An object that lacks what was taken away may be unreadable for that alone. */
  private static void add(List<FieldError> faults, FieldError fault) {
    if (faults.stream().noneMatch(each -> isWithin(each.field(), fault.field()))) {
      faults.add(fault);
    }
  }

  private Stream<FieldError> invalid(Object body) {
    return validator.validate(body).stream().map(FieldFaults::of);
  }

  /** A field that could not be read counts as absent, which is no second fault. */
  private static boolean follows(FieldError fault, FieldError unreadable) {
    return isWithin(fault.field(), unreadable.field())
        || (fault.code() == FieldProblem.REQUIRED && isWithin(unreadable.field(), fault.field()));
  }

  private static boolean isWithin(String field, String whole) {
    return field.equals(whole) || field.startsWith(whole + ".") || field.startsWith(whole + "[");
  }

  /** Removes the field or, where it is absent, the nearest around it; false when none is there. */
  private static boolean removeNearest(JsonNode tree, List<JacksonException.Reference> path) {
    for (int length = path.size(); length > 0; length--) {
      if (remove(tree, path.subList(0, length))) {
        return true;
      }
    }
    return false;
  }

  private static boolean remove(JsonNode tree, List<JacksonException.Reference> path) {
    JsonNode holder = at(tree, path.subList(0, path.size() - 1));
    JacksonException.Reference last = path.getLast();
    if (holder instanceof ObjectNode object && last.getPropertyName() != null) {
      return object.remove(last.getPropertyName()) != null;
    }
    if (holder instanceof ArrayNode list && !list.path(last.getIndex()).isNull()) {
      // The elements after it keep their places.
      list.setNull(last.getIndex());
      return true;
    }
    return false;
  }

  private static JsonNode at(JsonNode tree, List<JacksonException.Reference> path) {
    JsonNode found = tree;
    for (JacksonException.Reference step : path) {
      found =
          step.getPropertyName() == null
              ? found.path(step.getIndex())
              : found.path(step.getPropertyName());
    }
    return found;
  }

  /** Notes the fields that are not known, and reads on behind them. */
  private static final class UnknownFields extends DeserializationProblemHandler {
    private final List<FieldError> faults;

    UnknownFields(List<FieldError> faults) {
      this.faults = faults;
    }

    @Override
    public boolean handleUnknownProperty(
        DeserializationContext context,
        JsonParser parser,
        @Nullable ValueDeserializer<?> deserializer,
        Object beanOrClass,
        String name) {
      if (faults.size() < MAX_UNREADABLE_FIELDS) {
        add(faults, FieldProblem.UNKNOWN_FIELD.at(path(parser)));
      }
      parser.skipChildren();
      return true;
    }

    /** The field of whose value the parser has read the first token. */
    private static String path(JsonParser parser) {
      TokenStreamContext value = parser.streamReadContext();
      TokenStreamContext field = parser.currentToken().isStructStart() ? value.getParent() : value;
      String path = "";
      for (TokenStreamContext step = field; step != null; step = step.getParent()) {
        String here = step.inArray() ? "[" + step.getCurrentIndex() + "]" : step.currentName();
        if (here != null) {
          path = path.isEmpty() || path.startsWith("[") ? here + path : here + "." + path;
        }
      }
      return path;
    }
  }
}
