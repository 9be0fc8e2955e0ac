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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import tools.jackson.databind.node.ObjectNode;

/**
 * Documents in OpenAPI what bodies may leave out: a PATCH any field, in the objects inside it too
 * (RFC 7396); and a body that need not be there may be null. A form whose parts must be there must
 * itself be there.
 */
final class DocumentedBodies implements OpenApiCustomizer {

  private static final String PATCH = "Patch";

  /** Of {@code NewTicketType}, {@code EventTerms}, {@code ProfileDetails}, {@code PolicyInput}. */
  private static final Pattern NOT_OF_A_PATCH = Pattern.compile("^New|(Terms|Details|Input)+$");

  static {
    // The endpoints name the schema of their patches.
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(ObjectNode.class);
  }

  @Override
  public void customise(OpenAPI document) {
    Schemas.paths(document)
        .map(PathItem::getPatch)
        .flatMap(DocumentedBodies::bodies)
        .filter(content -> content.getSchema() != null)
        .forEach(content -> content.setSchema(patchOf(document, content.getSchema())));
    Schemas.operations(document)
        .map(Operation::getRequestBody)
        .filter(DocumentedBodies::hasRequiredParts)
        .forEach(form -> form.setRequired(true));
    Schemas.operations(document)
        .filter(operation -> !isRequired(operation.getRequestBody()))
        .flatMap(DocumentedBodies::bodies)
        .filter(content -> content.getSchema() != null && content.getSchema().get$ref() != null)
        .forEach(content ->
            content.setSchema(new JsonSchema().anyOf(List.of(content.getSchema(), nothing()))));
  }

  private static Stream<MediaType> bodies(@Nullable Operation operation) {
    RequestBody body = operation == null ? null : operation.getRequestBody();
    return body == null || body.getContent() == null
        ? Stream.empty()
        : body.getContent().values().stream();
  }

  private static boolean hasRequiredParts(@Nullable RequestBody body) {
    MediaType form =
        body == null || body.getContent() == null
            ? null
            : body.getContent().get(org.springframework.http.MediaType.MULTIPART_FORM_DATA_VALUE);
    return form != null && form.getSchema() != null && form.getSchema().getRequired() != null;
  }

  private static boolean isRequired(@Nullable RequestBody body) {
    return body != null && Boolean.TRUE.equals(body.getRequired());
  }

  /** The schema of a patch of that; what is no object is replaced as a whole. */
  @SuppressWarnings("rawtypes")
  private static Schema<?> patchOf(OpenAPI document, Schema<?> whole) {
    if (whole.getAnyOf() != null) {
      List<Schema> choices = whole.getAnyOf();
      return new JsonSchema()
          .anyOf(choices.stream().map(choice -> (Schema) patchOf(document, choice)).toList());
    }
    String name = Schemas.nameOf(whole);
    Schema<?> named = name == null ? null : Schemas.named(document).get(name);
    if (name == null || named == null || named.getProperties() == null) {
      return whole;
    }
    String patchName = NOT_OF_A_PATCH.matcher(name).replaceAll("") + PATCH;
    if (!Schemas.named(document).containsKey(patchName)) {
      Schema<?> patch =
          new JsonSchema()
              .typesItem("object")
              .description("Fields that are left out stay; null clears.");
      document.getComponents().addSchemas(patchName, patch);
      Map<String, Schema> fields = new LinkedHashMap<>(named.getProperties());
      fields.replaceAll((_, field) -> patchOf(document, field));
      patch.setProperties(fields);
      // Where fields exclude each other, the whole says what an example is.
      patch.setExample(named.getExample());
      patch.setExampleSetFlag(named.getExampleSetFlag());
      copyExamples(named, patch);
    }
    return new Schema<>().$ref(patchName);
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private static void copyExamples(Schema from, Schema to) {
    to.setExamples(from.getExamples());
  }

  private static Schema<?> nothing() {
    Schema<?> nothing = new JsonSchema();
    nothing.addType("null");
    return nothing;
  }
}
