package io.cpdevents.platform.documents;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ways through the schemas of an OpenAPI document. */
final class Schemas {

  private static final String PREFIX = "#/components/schemas/";

  private Schemas() {}

  /** All paths of a document. */
  static Stream<PathItem> paths(OpenAPI document) {
    return document.getPaths() == null ? Stream.empty() : document.getPaths().values().stream();
  }

  /** All operations of a document. */
  static Stream<Operation> operations(OpenAPI document) {
    return paths(document).flatMap(path -> path.readOperations().stream());
  }

  /** The document's schemas by their names. */
  @SuppressWarnings("rawtypes")
  static Map<String, Schema> named(OpenAPI document) {
    return document.getComponents() == null || document.getComponents().getSchemas() == null
        ? Map.of()
        : document.getComponents().getSchemas();
  }

  /** The schemas that operations name in their bodies: those that clients send. */
  static Stream<Schema<?>> sent(OpenAPI document) {
    return operations(document)
        .map(Operation::getRequestBody)
        .filter(Objects::nonNull)
        .flatMap(body -> in(body.getContent()));
  }

  /** The schemas that operations name in their responses. */
  static Stream<Schema<?>> answered(OpenAPI document) {
    return operations(document)
        .map(Operation::getResponses)
        .filter(Objects::nonNull)
        .flatMap(responses -> responses.values().stream())
        .map(ApiResponse::getContent)
        .flatMap(Schemas::in);
  }

  /** The schemas of parameters. */
  static Stream<Schema<?>> parameters(OpenAPI document) {
    return operations(document)
        .map(Operation::getParameters)
        .filter(Objects::nonNull)
        .flatMap(Collection::stream)
        .map(parameter -> parameter.getSchema())
        .filter(Objects::nonNull)
        .map(schema -> (Schema<?>) schema);
  }

  private static Stream<Schema<?>> in(@Nullable Content content) {
    return content == null
        ? Stream.empty()
        : content.values().stream()
            .map(media -> media.getSchema())
            .filter(Objects::nonNull)
            .map(schema -> (Schema<?>) schema);
  }

  /** Visits a schema and all that are written inside it, not those that it refers to. */
  @SuppressWarnings({"rawtypes", "unchecked"})
  static void visit(Schema<?> schema, Consumer<Schema<?>> visitor) {
    visitor.accept(schema);
    Map<String, Schema> properties = schema.getProperties();
    Stream.of(
            properties == null ? Stream.empty() : properties.values().stream(),
            stream(schema.getAllOf()),
            stream(schema.getAnyOf()),
            stream(schema.getOneOf()),
            Stream.of(schema.getItems(), schema.getAdditionalProperties()))
        .flatMap(part -> (Stream<Object>) part)
        .filter(Schema.class::isInstance)
        .forEach(part -> visit((Schema<?>) part, visitor));
  }

  @SuppressWarnings("rawtypes")
  private static Stream<Schema> stream(@Nullable Collection<Schema> schemas) {
    return schemas == null ? Stream.empty() : schemas.stream();
  }

  /** The names of all schemas that can be reached from these. */
  static Set<String> reachable(OpenAPI document, Stream<Schema<?>> from) {
    Set<String> reached = new HashSet<>();
    Deque<Schema<?>> waiting = new ArrayDeque<>(from.toList());
    while (!waiting.isEmpty()) {
      visit(
          waiting.pop(),
          schema -> {
            String name = nameOf(schema);
            Schema<?> referred = name == null ? null : named(document).get(name);
            if (name != null && referred != null && reached.add(name)) {
              waiting.push(referred);
            }
          });
    }
    return reached;
  }

  /** The name of the schema that this one refers to; null when it refers to none. */
  static @Nullable String nameOf(Schema<?> schema) {
    String reference = schema.get$ref();
    return reference == null || !reference.startsWith(PREFIX)
        ? null
        : reference.substring(PREFIX.length());
  }
}
