package io.cpdevents.platform.documents;

import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.sql.Period;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.web.method.HandlerMethod;

/**
 * Documents in OpenAPI the conventions that springdoc does not know: enumerations in kebab-case,
 * the parameters of a page, and that the caller is no parameter.
 */
public final class DocumentedConventions implements GlobalOperationCustomizer {

  private static final int CODE_CHARACTERS = 3;

  @Override
  public Operation customize(Operation operation, HandlerMethod endpoint) {
    for (MethodParameter parameter : endpoint.getMethodParameters()) {
      Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
      if (type == Caller.class && operation.getParameters() != null) {
        operation
            .getParameters()
            .removeIf(
                documented -> Objects.equals(documented.getName(), parameter.getParameterName()));
      }
      if (type == PageRequest.class) {
        Schema<?> limit = new IntegerSchema()._default(PageRequest.DEFAULT_PAGE_ROWS);
        limit.setMinimum(BigDecimal.ONE);
        limit.setMaximum(BigDecimal.valueOf(PageRequest.MAX_PAGE_ROWS));
        operation.addParametersItem(new QueryParameter().name("limit").schema(limit));
        operation.addParametersItem(
            new QueryParameter()
                .name("after")
                .description("The value of `next` of the previous page.")
                .schema(new StringSchema().maxLength(PageRequest.MAX_AFTER_CHARACTERS)));
      }
      if (type == Currency.class) {
        // springdoc replaces it in bodies alone.
        operation.getParameters().stream()
            .filter(documented -> documented.getName().equals(parameter.getParameterName()))
            .forEach(documented -> documented.setSchema(currency()));
      }
      if (type == Period.class) {
        addTime(operation, "from", "From this time on.");
        addTime(operation, "to", "Before this time.");
      }
    }
    return operation;
  }

  /** ISO 4217. */
  public static StringSchema currency() {
    StringSchema schema = new StringSchema();
    schema.pattern("[A-Z]{3}").minLength(CODE_CHARACTERS).maxLength(CODE_CHARACTERS);
    schema.example("CAD");
    return schema;
  }

  private static void addTime(Operation operation, String name, String description) {
    operation.addParametersItem(
        new QueryParameter()
            .name(name)
            .description(description)
            .schema(new StringSchema().format("date-time")));
  }

  @SuppressWarnings("rawtypes")
  static void describe(OpenAPI document) {
    if (document.getComponents() != null && document.getComponents().getSchemas() != null) {
      Map<String, Schema> schemas = document.getComponents().getSchemas();
      schemas.remove(Caller.class.getSimpleName());
      schemas.values().forEach(DocumentedConventions::writeKebabCase);
    }
    Stream.concat(Schemas.parameters(document), Schemas.sent(document))
        .forEach(DocumentedConventions::writeKebabCase);
  }

  /** {@code IN_PERSON} is {@code in-person} on the wire. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static void writeKebabCase(Schema schema) {
    List<Object> constants = schema.getEnum();
    if (constants != null) {
      schema.setEnum(
          constants.stream()
              .map(constant -> constant instanceof String name ? kebabCase(name) : constant)
              .toList());
    }
    Map<String, Schema> properties = schema.getProperties();
    Stream.concat(
            properties == null ? Stream.empty() : properties.values().stream(),
            Stream.of(schema.getItems(), schema.getAdditionalProperties()))
        .filter(Schema.class::isInstance)
        .map(Schema.class::cast)
        .forEach(DocumentedConventions::writeKebabCase);
  }

  private static String kebabCase(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
