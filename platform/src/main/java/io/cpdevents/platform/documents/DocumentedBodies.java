package io.cpdevents.platform.documents;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * Documents in OpenAPI what bodies may leave out: the objects in a PATCH are patches, too (RFC
 * 7396), and a body that need not be there may be null.
 */
final class DocumentedBodies implements OpenApiCustomizer {

  private static final String PATCH = "Patch";

  @Override
  public void customise(OpenAPI document) {
    patches(document).forEach(patch -> patchInside(document, patch));
    Schemas.operations(document)
        .map(Operation::getRequestBody)
        .filter(body -> body != null && !Boolean.TRUE.equals(body.getRequired()))
        .flatMap(DocumentedBodies::contents)
        .filter(content -> content.getSchema() != null && content.getSchema().get$ref() != null)
        .forEach(content ->
            content.setSchema(new JsonSchema().anyOf(List.of(content.getSchema(), nothing()))));
  }

  /** The schemas that PATCH operations take; each once. */
  private static Stream<Schema<?>> patches(OpenAPI document) {
    if (document.getPaths() == null) {
      return Stream.empty();
    }
    return document.getPaths().values().stream()
        .map(PathItem::getPatch)
        .filter(Objects::nonNull)
        .map(Operation::getRequestBody)
        .filter(Objects::nonNull)
        .flatMap(DocumentedBodies::contents)
        .map(content -> content.getSchema() == null ? null : Schemas.nameOf(content.getSchema()))
        .filter(Objects::nonNull)
        .distinct()
        .<Schema<?>>map(name -> Schemas.named(document).get(name))
        .filter(Objects::nonNull)
        .toList()
        .stream();
  }

  private static Stream<MediaType> contents(RequestBody body) {
    return body.getContent() == null ? Stream.empty() : body.getContent().values().stream();
  }

  /** Arrays are replaced as they are, so what they hold stays whole. */
  @SuppressWarnings({"rawtypes", "unchecked"})
  private static void patchInside(OpenAPI document, Schema<?> patch) {
    if (patch.getProperties() == null) {
      return;
    }
    Map<String, Schema> properties = new LinkedHashMap<>(patch.getProperties());
    properties.replaceAll((_, property) -> {
      if (property.getAnyOf() != null) {
        List<Schema> choices = property.getAnyOf();
        return new JsonSchema()
            .anyOf(choices.stream().map(choice -> (Schema) patchOf(document, choice)).toList());
      }
      return patchOf(document, property);
    });
    patch.setProperties(properties);
  }

  private static Schema<?> patchOf(OpenAPI document, Schema<?> property) {
    String name = Schemas.nameOf(property);
    Schema<?> whole = name == null ? null : Schemas.named(document).get(name);
    if (name == null || whole == null || whole.getProperties() == null) {
      return property;
    }
    String patchName = name.replaceFirst("Input$", "") + PATCH;
    if (!Schemas.named(document).containsKey(patchName)) {
      Schema<?> patch = new JsonSchema().typesItem("object").description(whole.getDescription());
      patch.setProperties(whole.getProperties());
      document.getComponents().addSchemas(patchName, patch);
      patchInside(document, patch);
    }
    return new Schema<>().$ref(patchName);
  }

  private static Schema<?> nothing() {
    Schema<?> nothing = new JsonSchema();
    nothing.addType("null");
    return nothing;
  }
}
