package io.cpdevents.platform.idempotency;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import java.util.Objects;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/**
 * Documents the header {@code Idempotency-Key} in OpenAPI: optional for every POST, required where
 * {@link RequiresIdempotencyKey} says so. GET, PUT, PATCH and DELETE are idempotent without it. The
 * answers that are stored have {@code Idempotent-Replayed}; {@code x-never-stored} is true of the
 * operations whose answers never are.
 */
final class DocumentedIdempotencyKey implements GlobalOperationCustomizer, GlobalOpenApiCustomizer {

  private static final String NEVER_STORED = "x-never-stored";

  @Override
  public Operation customize(Operation operation, HandlerMethod endpoint) {
    if (endpoint.hasMethodAnnotation(RequiresIdempotencyKey.class)) {
      operation.addParametersItem(parameter(true));
    }
    if (endpoint.hasMethodAnnotation(NeverStored.class)
        || !PostEndpoints.credentialsIn(endpoint).isEmpty()) {
      operation.addExtension(NEVER_STORED, true);
    }
    return operation;
  }

  @Override
  public void customise(OpenAPI document) {
    if (document.getPaths() == null) {
      return;
    }
    document
        .getPaths()
        .forEach((path, item) -> {
          Operation post = item.getPost();
          if (post != null && path.startsWith(IdempotencyFilter.API_PREFIX)) {
            if (!isDocumented(post)) {
              post.addParametersItem(parameter(false));
            }
            if (post.getExtensions() == null || !post.getExtensions().containsKey(NEVER_STORED)) {
              documentReplays(post);
            }
          }
        });
  }

  private static void documentReplays(Operation post) {
    post.getResponses()
        .forEach((status, response) -> {
          if (IdempotencyFilter.isDefinite(Integer.parseInt(status))) {
            StringSchema isTrue = new StringSchema();
            isTrue.addEnumItem("true");
            response.addHeaderObject(
                IdempotencyFilter.REPLAYED_HEADER,
                new Header()
                    .description(
                        "There when the answer is that of an earlier request with the same key.")
                    .schema(isTrue));
          }
        });
  }

  private static boolean isDocumented(Operation operation) {
    return operation.getParameters() != null
        && operation.getParameters().stream()
            .anyMatch(
                parameter -> Objects.equals(parameter.getName(), IdempotencyFilter.KEY_HEADER));
  }

  private static HeaderParameter parameter(boolean required) {
    StringSchema schema = new StringSchema();
    schema.setMinLength(1);
    schema.setMaxLength(IdempotencyFilter.MAX_KEY_CHARACTERS);
    HeaderParameter parameter = new HeaderParameter();
    parameter
        .name(IdempotencyFilter.KEY_HEADER)
        .required(required)
        .description(
            "Visible ASCII. For 24 hours, requests with the same key and body are the same request;"
                + " with another body the key is refused.")
        .schema(schema);
    return parameter;
  }
}
