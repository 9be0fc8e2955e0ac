package io.cpdevents.registration.events.web;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.io.InputStream;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes what a PATCH names and leaves the rest: a value replaces, null clears (RFC 7396). The
 * outcome is validated as a whole, like a new one.
 */
@Component
class MergePatch {

  private final JsonMapper json;
  private final Validator validator;

  MergePatch(JsonMapper json, Validator validator) {
    this.json = json;
    this.validator = validator;
  }

  /** The present value with the patch applied. */
  <T> T apply(ObjectNode patch, T present, Class<T> type) {
    ObjectNode tree = json.valueToTree(present);
    merge(tree, patch);
    T changed = read(tree, type);
    Set<ConstraintViolation<T>> violations = validator.validate(changed);
    if (!violations.isEmpty()) {
      throw new ConstraintViolationException(violations);
    }
    return changed;
  }

  private <T> T read(ObjectNode tree, Class<T> type) {
    try {
      return json.treeToValue(tree, type);
    } catch (JacksonException unreadable) {
      throw new HttpMessageNotReadableException(
          "The patch does not fit", unreadable, new ReadBefore());
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

  /** The message of a refusal whose body was read before. */
  private static final class ReadBefore implements HttpInputMessage {
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
