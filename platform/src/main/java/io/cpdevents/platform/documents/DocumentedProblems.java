package io.cpdevents.platform.documents;

import static java.util.stream.Collectors.joining;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.ProblemCode;
import io.cpdevents.platform.error.Refusals;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.method.HandlerMethod;

/**
 * Documents in OpenAPI by which codes each operation refuses, a response for each status, and in
 * {@code x-problems} what every code means. The gateway makes its pages of the codes from that.
 */
final class DocumentedProblems implements GlobalOperationCustomizer {

  private static final String PROBLEM = "Problem";
  private static final String FIELD_ERROR = "FieldError";
  private static final String SCHEMAS = "#/components/schemas/";
  private static final String STRING = "string";
  private static final int UNAUTHORIZED = 401;
  private static final int UNSUPPORTED_FORM = 415;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final Comparator<ProblemCode> BY_STATUS_AND_CODE =
      Comparator.comparingInt((ProblemCode code) -> code.kind().status())
          .thenComparing(ProblemCode::code);

  /** The codes that operations name: those of the service that clients can be answered. */
  private final Set<ProblemCode> named = ConcurrentHashMap.newKeySet();

  @Override
  public Operation customize(Operation operation, HandlerMethod endpoint) {
    named.addAll(Refusals.of(endpoint));
    Map<Integer, List<ProblemCode>> byStatus =
        Refusals.of(endpoint).stream()
            .sorted(BY_STATUS_AND_CODE)
            .collect(
                Collectors.groupingBy(
                    code -> code.kind().status(), TreeMap::new, Collectors.toList()));
    ApiResponses responses = operation.getResponses();
    byStatus.forEach((status, codes) ->
        responses.addApiResponse(Integer.toString(status), withHeaders(status, codes)));
    ApiResponse otherForm = responses.get(Integer.toString(UNSUPPORTED_FORM));
    if (otherForm != null && endpoint.hasMethodAnnotation(PatchMapping.class)) {
      otherForm.addHeaderObject(HttpHeaders.ACCEPT_PATCH, header("The type that a patch has."));
    }
    return operation;
  }

  /** What clients read beside the problem itself. */
  private static ApiResponse withHeaders(int status, List<ProblemCode> codes) {
    ApiResponse response = response(codes);
    return switch (status) {
      case UNAUTHORIZED ->
          response.addHeaderObject(HttpHeaders.WWW_AUTHENTICATE, header("How to log in."));
      case UNSUPPORTED_FORM ->
          response
              .addHeaderObject(HttpHeaders.ACCEPT, header("The types that are taken."))
              .addHeaderObject(
                  HttpHeaders.ACCEPT_ENCODING,
                  header("There when the body was encoded: `identity` alone is taken."));
      case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE -> withRetryAfter(response);
      default -> codes.contains(CommonProblem.IN_PROGRESS) ? withRetryAfter(response) : response;
    };
  }

  private static Header header(String description) {
    return new Header().description(description).schema(text());
  }

  private static ApiResponse withRetryAfter(ApiResponse response) {
    Schema<?> seconds = new JsonSchema();
    seconds.addType("integer");
    return response.addHeaderObject(
        HttpHeaders.RETRY_AFTER,
        new Header().description("After how many seconds to repeat the request.").schema(seconds));
  }

  /** What a common code means is said once, in {@code x-problems} and at its {@code type}. */
  private static String line(ProblemCode code) {
    return code instanceof CommonProblem
        ? "`%s`".formatted(code.code())
        : "`%s`: %s".formatted(code.code(), code.meaning());
  }

  private static ApiResponse response(List<ProblemCode> codes) {
    String description = codes.stream().map(DocumentedProblems::line).collect(joining("\n\n"));
    Schema<?> narrowed = new JsonSchema();
    narrowed.addProperty("code", oneOf("Why.", codes.stream().map(ProblemCode::code)));
    // In an order that every start of the service has.
    codes.forEach(code ->
        new TreeMap<>(code.members())
            .forEach((name, meaning) ->
                narrowed.addProperty(
                    name, text().description("With `%s`: %s".formatted(code.code(), meaning)))));
    narrowed.setRequired(List.of("code"));
    narrowed.addType("object");
    Schema<?> schema = new JsonSchema();
    schema.setAllOf(List.of(new JsonSchema().$ref(SCHEMAS + PROBLEM), narrowed));
    return new ApiResponse()
        .description(description)
        .content(
            new Content()
                .addMediaType(
                    org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                    new MediaType().schema(schema)));
  }

  void describe(OpenAPI document) {
    document.schema(PROBLEM, problem()).schema(FIELD_ERROR, fieldError());
    document.addExtension(
        "x-problems",
        Stream.concat(
                Arrays.stream(CommonProblem.values()),
                named.stream().filter(code -> !(code instanceof CommonProblem)))
            .sorted(BY_STATUS_AND_CODE)
            .map(DocumentedProblems::described)
            .toList());
    document.addExtension(
        "x-field-problems",
        Arrays.stream(FieldProblem.values())
            .map(each -> ordered("code", ContractsJson.kebabCase(each), "meaning", each.meaning()))
            .toList());
  }

  private static Map<String, Object> described(ProblemCode code) {
    Map<String, Object> described = ordered("code", code.code(), "status", code.kind().status());
    described.putAll(ordered("meaning", code.meaning(), "remedy", code.remedy()));
    return described;
  }

  private static Map<String, Object> ordered(String name, Object value, String next, Object last) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(name, value);
    fields.put(next, last);
    return fields;
  }

  private static Schema<?> problem() {
    Schema<?> schema = object("A refusal or failure (RFC 9457).");
    schema.addProperty("type", text().format("uri").description("Describes the code, for people."));
    schema.addProperty("title", text().description("The status in words.").example("Conflict"));
    Schema<?> status = new JsonSchema();
    status.addType("integer");
    schema.addProperty("status", status.description("The HTTP status."));
    schema.addProperty("detail", text().description("What is wrong, for people."));
    schema.addProperty("instance", text().format("uri-reference").description("What was asked."));
    schema.addProperty(
        "code", text().description("What is wrong, for programs: it never changes."));
    schema.addProperty(
        "errors",
        array(new JsonSchema().$ref(SCHEMAS + FIELD_ERROR))
            .description("The fields that are wrong; left out when it is not about fields."));
    schema.addProperty(
        "traceId", text().description("By which we find in our logs what happened."));
    schema.setRequired(List.of("type", "title", "status", "detail", "code"));
    return schema;
  }

  private static Schema<?> fieldError() {
    Schema<?> schema = object("What is wrong with a field.");
    schema.addProperty(
        "field", text().description("A JSON path.").example("tickets[0].attendee.email"));
    schema.addProperty(
        "code",
        oneOf(
            "What is wrong with it.",
            Arrays.stream(FieldProblem.values()).map(ContractsJson::kebabCase)));
    schema.addProperty(
        "allowed",
        array(text())
            .description("The values or the type that the field allows, where the code asks."));
    schema.setRequired(List.of("field", "code"));
    return schema;
  }

  private static Schema<?> object(String description) {
    Schema<?> schema = new JsonSchema();
    schema.addType("object");
    return schema.description(description);
  }

  private static Schema<?> oneOf(String description, Stream<String> values) {
    Schema<Object> schema = text();
    schema.setDescription(description);
    schema.setEnum(values.map(value -> (Object) value).toList());
    return schema;
  }

  @SuppressWarnings("unchecked")
  private static Schema<Object> text() {
    Schema<Object> schema = (Schema<Object>) (Schema<?>) new JsonSchema();
    schema.addType(STRING);
    return schema;
  }

  private static Schema<?> array(Schema<?> items) {
    Schema<?> schema = new ArraySchema();
    schema.addType("array");
    return schema.items(items);
  }
}
