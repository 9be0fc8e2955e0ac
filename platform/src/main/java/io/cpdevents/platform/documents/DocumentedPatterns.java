package io.cpdevents.platform.documents;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Writes patterns for whole texts: Bean Validation matches the whole text, JSON Schema any part of
 * it.
 */
final class DocumentedPatterns implements GlobalOpenApiCustomizer {

  @Override
  public void customise(OpenAPI document) {
    Stream.of(
            Schemas.named(document).values().stream().map(schema -> (Schema<?>) schema),
            Schemas.parameters(document))
        .flatMap(schemas -> schemas)
        .toList()
        .forEach(schema -> Schemas.visit(schema, DocumentedPatterns::anchor));
  }

  private static void anchor(Schema<?> schema) {
    String pattern = schema.getPattern();
    if (pattern != null && !pattern.startsWith("^")) {
      schema.setPattern(pattern.contains("|") ? "^(?:" + pattern + ")$" : "^" + pattern + "$");
    }
  }
}
