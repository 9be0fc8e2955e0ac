package io.cpdevents.platform.documents;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import tools.jackson.databind.node.ObjectNode;

/** Documents in OpenAPI that a PATCH takes any of the fields and requires none. */
final class DocumentedPatches implements OpenApiCustomizer {

  private static final String SUFFIX = "Patch";

  /** Of {@code NewTicketType}, {@code EventTerms} and {@code ProfileDetails}. */
  private static final Pattern NOT_OF_A_PATCH = Pattern.compile("^New|Terms$|Details$");

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
    String patchName = NOT_OF_A_PATCH.matcher(name).replaceAll("") + SUFFIX;
    Components components = document.getComponents();
    Schema<?> whole =
        Objects.requireNonNull(components.getSchemas().get(name), "the document lacks " + name);
    Schema<?> patch =
        new JsonSchema()
            .typesItem("object")
            .description("Fields that are left out stay; null clears.");
    patch.setProperties(whole.getProperties());
    components.addSchemas(patchName, patch);
    content.setSchema(new Schema<>().$ref(patchName));
  }
}
