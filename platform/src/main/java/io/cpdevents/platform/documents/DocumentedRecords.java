package io.cpdevents.platform.documents;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.AnnotationsUtils;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * Documents in OpenAPI which fields are always there, and which may be null, as the records say it.
 * Answers always have all fields, unless the record leaves out what is null; a request must have
 * those that are not {@code @Nullable}. A record that is sent and answered and has fields that may
 * be left out gets a schema for each.
 */
final class DocumentedRecords implements ModelConverter {

  private static final String SENT_SUFFIX = "Input";
  private static final String NULL = "null";

  private final Map<String, Class<?>> records = new ConcurrentHashMap<>();

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    Schema<?> resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    if (resolved != null) {
      String referred = Schemas.nameOf(resolved);
      String name = referred == null ? resolved.getName() : referred;
      Class<?> raw = rawClass(type);
      if (name != null && raw.isRecord()) {
        records.put(name, raw);
      }
    }
    return resolved;
  }

  /** swagger-core resolves fields by the types of the older Jackson that it brings. */
  private static Class<?> rawClass(AnnotatedType type) {
    return type.getType() instanceof JavaType field
        ? field.getRawClass()
        : ResolvableType.forType(type.getType()).toClass();
  }

  void describe(OpenAPI document) {
    DocumentedAmounts.describe(document, records);
    Set<String> sent = Schemas.reachable(document, Schemas.sent(document));
    Set<String> answered = Schemas.reachable(document, Schemas.answered(document));
    Map<String, String> renamed = new HashMap<>();
    for (Map.Entry<String, Class<?>> each : records.entrySet()) {
      Schema<?> schema = Schemas.named(document).get(each.getKey());
      if (schema == null || schema.getProperties() == null) {
        continue;
      }
      Fields fields = Fields.of(each.getValue());
      boolean both = sent.contains(each.getKey()) && answered.contains(each.getKey());
      if (both && !fields.nullable().isEmpty()) {
        Schema<?> input = copy(schema);
        fields.describeSent(input);
        document.getComponents().addSchemas(each.getKey() + SENT_SUFFIX, input);
        renamed.put(each.getKey(), each.getKey() + SENT_SUFFIX);
        fields.describeAnswered(schema);
      } else if (sent.contains(each.getKey())) {
        fields.describeSent(schema);
      } else {
        fields.describeAnswered(schema);
      }
    }
    referToInputs(document, renamed);
  }

  /** What is sent refers to the schemas of what is sent. */
  private static void referToInputs(OpenAPI document, Map<String, String> renamed) {
    if (renamed.isEmpty()) {
      return;
    }
    Set<String> answered = Schemas.reachable(document, Schemas.answered(document));
    Stream<Schema<?>> sentAlone =
        Schemas.reachable(document, Schemas.sent(document)).stream()
            .filter(name -> !answered.contains(name))
            .map(name -> Schemas.named(document).get(name));
    Stream<Schema<?>> inputs =
        renamed.values().stream().map(name -> Schemas.named(document).get(name));
    Stream.of(Schemas.sent(document), sentAlone, inputs)
        .flatMap(schemas -> schemas)
        .toList()
        .forEach(schema ->
            Schemas.visit(
                schema,
                part -> {
                  String name = Schemas.nameOf(part);
                  if (name != null && renamed.containsKey(name)) {
                    part.set$ref(renamed.get(name));
                  }
                }));
  }

  private static Schema<?> copy(Schema<?> schema) {
    return Objects.requireNonNull(AnnotationsUtils.clone(schema, true));
  }

  /**
   * The components of a record.
   *
   * @param nullable those that may be null
   * @param writesNull whether a null is written; otherwise the field is left out
   */
  private record Fields(Set<String> all, Set<String> nullable, boolean writesNull) {

    static Fields of(Class<?> type) {
      Set<String> all = new LinkedHashSet<>();
      Set<String> nullable = new LinkedHashSet<>();
      for (RecordComponent component : type.getRecordComponents()) {
        all.add(component.getName());
        if (isNullable(component.getAnnotatedType())) {
          nullable.add(component.getName());
        }
      }
      JsonInclude include = type.getAnnotation(JsonInclude.class);
      return new Fields(
          all, nullable, include == null || include.value() != JsonInclude.Include.NON_NULL);
    }

    private static boolean isNullable(AnnotatedElement type) {
      return type.isAnnotationPresent(Nullable.class);
    }

    void describeSent(Schema<?> schema) {
      schema.setRequired(present(schema, name -> !nullable.contains(name)));
      allowNull(schema);
    }

    void describeAnswered(Schema<?> schema) {
      schema.setRequired(present(schema, name -> writesNull || !nullable.contains(name)));
      if (writesNull) {
        allowNull(schema);
      }
    }

    private List<String> present(Schema<?> schema, Predicate<String> wanted) {
      return all.stream()
          .filter(name -> schema.getProperties().containsKey(name))
          .filter(wanted)
          .toList();
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private void allowNull(Schema<?> schema) {
      Map<String, Schema> properties = schema.getProperties();
      for (String name : nullable) {
        Schema<?> property = properties.get(name);
        if (property != null) {
          properties.put(name, orNull(property));
        }
      }
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static Schema<?> orNull(Schema<?> property) {
      if (property.get$ref() != null) {
        Schema nothing = new JsonSchema();
        nothing.addType(NULL);
        return new JsonSchema().anyOf(List.of(property, nothing));
      }
      Schema copied = copy(property);
      copied.addType(NULL);
      if (copied.getEnum() != null) {
        List<Object> values = new ArrayList<>(copied.getEnum());
        values.add(null);
        copied.setEnum(values);
      }
      return copied;
    }
  }
}
