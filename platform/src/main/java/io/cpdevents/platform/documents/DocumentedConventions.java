package io.cpdevents.platform.documents;

import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.sql.Bounded;
import io.cpdevents.platform.sql.Period;
import io.cpdevents.platform.web.Page;
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
import org.springframework.core.ResolvableType;
import org.springframework.web.method.HandlerMethod;

/**
 * Documents in OpenAPI the conventions that springdoc does not know: enumerations in kebab-case,
 * the parameters of a page or that a list has one page, and that the caller is no parameter.
 */
public final class DocumentedConventions implements GlobalOperationCustomizer {

  private static final int CODE_CHARACTERS = 3;
  private static final String WHOLE_LIST =
      "One page: `next` is always null, and `limit` and `after` are not taken.";

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
        operation.addParametersItem(
            new QueryParameter()
                .name("limit")
                .description("How many a page has at most.")
                .schema(limit));
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
        Bounded bounded = parameter.getParameterAnnotation(Bounded.class);
        addTime(operation, "from", "From this time on.", bounded != null);
        addTime(
            operation,
            "to",
            bounded == null
                ? "Before this time."
                : "Before this time, at most %d days later.".formatted(bounded.maxDays()),
            bounded != null);
      }
    }
    if (answersWholeList(endpoint)) {
      String described = operation.getDescription();
      operation.setDescription((described == null ? "" : described + "\n\n") + WHOLE_LIST);
    }
    return operation;
  }

  private static boolean answersWholeList(HandlerMethod endpoint) {
    return ResolvableType.forMethodReturnType(endpoint.getMethod()).toClass() == Page.class
        && Stream.of(endpoint.getMethodParameters())
            .noneMatch(parameter -> parameter.getParameterType() == PageRequest.class);
  }

  /** ISO 4217. */
  public static StringSchema currency() {
    StringSchema schema = new StringSchema();
    schema.pattern("[A-Z]{3}").minLength(CODE_CHARACTERS).maxLength(CODE_CHARACTERS);
    schema.example("CAD");
    return schema;
  }

  private static void addTime(
      Operation operation, String name, String description, boolean isRequired) {
    operation.addParametersItem(
        new QueryParameter()
            .name(name)
            .description(description)
            .required(isRequired ? true : null)
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
