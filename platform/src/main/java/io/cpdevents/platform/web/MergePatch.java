package io.cpdevents.platform.web;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Merge Patch (RFC 7396): a field that is named is replaced, null clears it, a field that is
 * left out stays. The outcome is validated as a whole, like a new one.
 *
 * <p>A controller takes the patch as {@link ObjectNode} and names the record that it patches with
 * {@code @RequestBody(content = @Content(schema = @Schema(implementation = …)))}, so that the
 * document shows its fields.
 */
public final class MergePatch {

  private final JsonMapper json;
  private final Validator validator;

  MergePatch(JsonMapper json, Validator validator) {
    this.json = json;
    this.validator = validator;
  }

  /**
   * The present value with the patch applied.
   *
   * @param type a record; a component that may be cleared is {@link Nullable}
   * @throws RuleViolation 400 {@code invalid-request} with {@code required} for each field that is
   *     null and cannot be cleared
   * @throws ConstraintViolationException when the outcome is not valid
   */
  public <T extends Record> T apply(ObjectNode patch, T present, Class<T> type) {
    refuseClearing(patch, type);
    ObjectNode tree = json.valueToTree(present);
    merge(tree, patch);
    T changed = read(tree, type);
    Set<ConstraintViolation<T>> violations = validator.validate(changed);
    if (!violations.isEmpty()) {
      throw new ConstraintViolationException(violations);
    }
    return changed;
  }

  private static void refuseClearing(ObjectNode patch, Class<? extends Record> type) {
    List<FieldError> missing =
        Arrays.stream(type.getRecordComponents())
            .filter(component -> !isNullable(component))
            .map(RecordComponent::getName)
            .filter(name -> patch.get(name) instanceof NullNode)
            .map(name -> FieldProblem.REQUIRED.at(name))
            .toList();
    if (!missing.isEmpty()) {
      throw CommonProblem.INVALID_REQUEST.violation(missing);
    }
  }

  private static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private <T> T read(ObjectNode tree, Class<T> type) {
    try {
      return json.treeToValue(tree, type);
    } catch (JacksonException unreadable) {
      throw new HttpMessageNotReadableException(
          "The patch does not fit", unreadable, new ConsumedBody());
    }
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    for (var field : patch.properties()) {
      JsonNode present = target.get(field.getKey());
      if (field.getValue() instanceof ObjectNode change && present instanceof ObjectNode object) {
        merge(object, change);
      } else {
        target.set(field.getKey(), field.getValue());
      }
    }
  }

  /** The message of a refusal whose body was consumed before. */
  private static final class ConsumedBody implements HttpInputMessage {
    @Override
    public InputStream getBody() {
      return InputStream.nullInputStream();
    }

    @Override
    public HttpHeaders getHeaders() {
      return new HttpHeaders();
    }
  }
}
