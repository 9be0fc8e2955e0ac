package io.cpdevents.platform.documents;

import io.cpdevents.platform.security.PublicEndpoint;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import java.util.Locale;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;

/**
 * Documents in OpenAPI how an operation is named and secured, and the address of what it made. Its
 * id is its method's name, which is unique over all services; those that the platform gives to
 * every service have the service's name at their end.
 */
final class DocumentedOperations implements GlobalOperationCustomizer {

  /** The scheme of the session cookie; the gateway describes it. */
  private static final String COOKIE = "cookie";

  /** The scheme of the session token; the gateway describes it. */
  private static final String BEARER = "bearer";

  private static final String AS_OF = "asOf";
  private static final String PLATFORM = "io.cpdevents.platform.";

  private final String service;

  /** For the service of this short name. */
  DocumentedOperations(String service) {
    this.service = service;
  }

  @Override
  public Operation customize(Operation operation, HandlerMethod endpoint) {
    operation.setOperationId(idOf(endpoint));
    operation.setSecurity(
        endpoint.hasMethodAnnotation(PublicEndpoint.class)
            ? List.of()
            : List.of(
                new SecurityRequirement().addList(COOKIE),
                new SecurityRequirement().addList(BEARER)));
    describeParameters(operation);
    operation
        .getResponses()
        .forEach((status, response) -> {
          HttpStatus known = HttpStatus.valueOf(Integer.parseInt(status));
          if (known.is2xxSuccessful()) {
            response.setDescription(known.getReasonPhrase());
          }
          boolean isMadeLater = known == HttpStatus.ACCEPTED && hasBody(response);
          if (known == HttpStatus.CREATED || isMadeLater) {
            addLocation(response, "The address of what was made.");
          } else if (known.is3xxRedirection()) {
            addLocation(response, "Where to go on.");
          }
        });
    return operation;
  }

  private String idOf(HandlerMethod endpoint) {
    String name = endpoint.getMethod().getName();
    return endpoint.getBeanType().getName().startsWith(PLATFORM)
        ? name + "Of" + service.substring(0, 1).toUpperCase(Locale.ROOT) + service.substring(1)
        : name;
  }

  private static void describeParameters(Operation operation) {
    if (operation.getParameters() != null) {
      operation.getParameters().stream()
          .filter(parameter -> parameter.getDescription() == null)
          .forEach(parameter -> {
            switch (parameter.getIn()) {
              case "path" -> describePathParameter(parameter);
              case "query" -> describeQueryParameter(parameter);
              default -> {
                // A header is described where it is declared.
              }
            }
          });
    }
  }

  private static void describePathParameter(Parameter parameter) {
    String name = parameter.getName();
    parameter.setDescription(
        name.endsWith("Id")
            ? "The id of the %s.".formatted(words(name.substring(0, name.length() - 2)))
            : "The %s.".formatted(words(name)));
  }

  /** What filters a list needs no words of its own. */
  private static void describeQueryParameter(Parameter parameter) {
    parameter.setDescription(
        parameter.getName().equals(AS_OF)
            ? "As it was at this time; when it is left out, as it is now."
            : "Only with this %s.".formatted(words(parameter.getName())));
  }

  private static String words(String name) {
    return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  private static boolean hasBody(ApiResponse response) {
    return response.getContent() != null && !response.getContent().isEmpty();
  }

  private static void addLocation(ApiResponse response, String description) {
    Schema<?> address = new JsonSchema();
    address.addType("string");
    response.addHeaderObject(
        "Location",
        new Header()
            .description(description)
            .required(true)
            .schema(address.format("uri-reference")));
  }
}
