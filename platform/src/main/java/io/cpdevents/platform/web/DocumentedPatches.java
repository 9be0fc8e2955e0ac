package io.cpdevents.platform.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import tools.jackson.databind.node.ObjectNode;

/** Documents in OpenAPI that a PATCH takes any of the fields and requires none. */
final class DocumentedPatches implements OpenApiCustomizer {

  private static final String SUFFIX = "Patch";

  static {
    // The endpoints name the schema of their patches.
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(ObjectNode.class);
  }

  @Override
  public void customise(OpenAPI document) {
    if (document.getPaths() == null) {
      return;
    }
    document.getPaths().values().stream()
        .map(PathItem::getPatch)
        .filter(Objects::nonNull)
        .map(Operation::getRequestBody)
        .filter(Objects::nonNull)
        .flatMap(body -> body.getContent().values().stream())
        .forEach(content -> requireNothing(document, content));
  }

  private static void requireNothing(OpenAPI document, MediaType content) {
    String reference = content.getSchema() == null ? null : content.getSchema().get$ref();
    if (reference == null || reference.endsWith(SUFFIX)) {
      return;
    }
    String name = reference.substring(reference.lastIndexOf('/') + 1);
    Components components = document.getComponents();
    Schema<?> whole =
        Objects.requireNonNull(components.getSchemas().get(name), "the document lacks " + name);
    Schema<?> patch = new ObjectSchema().description("Fields that are left out stay; null clears.");
    patch.setProperties(whole.getProperties());
    components.addSchemas(name + SUFFIX, patch);
    content.setSchema(new Schema<>().$ref(name + SUFFIX));
  }
}
