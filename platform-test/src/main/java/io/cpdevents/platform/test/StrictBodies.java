package io.cpdevents.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Content;
import jakarta.validation.Validator;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds every endpoint that takes a body to the API's rules about bodies. The endpoints are those
 * of the service's handler mappings, so that a new one is covered by itself.
 */
public final class StrictBodies {

  private static final Set<String> PLATFORM_ROLES =
      Set.of("platform-admin", "platform-finance", "platform-support");

  private static final List<String> OTHER_TYPES =
      List.of(
          "application/yaml",
          "application/cbor",
          "application/json;charset=iso-8859-1",
          "application/merge-patch+json",
          "application/problem+json",
          "application/xml",
          "application/x-jackson-smile",
          "application/x-www-form-urlencoded",
          "application/octet-stream",
          "text/plain",
          "text/yaml");

  private static final Set<Class<?>> INTEGERS =
      Set.of(int.class, Integer.class, long.class, Long.class);

  /** An endpoint with a body, and the record that it reads or patches. */
  private record Endpoint(HttpMethod method, String path, Class<?> body, boolean isPatch) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** A text field of a body, and the annotation that says what kind of text it is. */
  private record TextField(
      Class<?> holder, String name, boolean isList, Optional<Annotation> kind) {

    /** What JSON has for it. */
    Object of(String text) {
      return isList ? List.of(text) : text;
    }

    String kindName() {
      return kind.map(annotation -> annotation.annotationType().getSimpleName()).orElse("no kind");
    }

    int max() {
      return (int) Objects.requireNonNull(AnnotationUtils.getValue(kind.orElseThrow(), "max"));
    }

    @Override
    public String toString() {
      return holder.getSimpleName() + "." + name + " (" + kindName() + ")";
    }
  }

  /** A text, and the code with which a line, prose and an address refuse it; empty: it is taken. */
  private record Nasty(String what, String text, String inLine, String inProse, String asAddress) {}

  private static final String REQUIRED_OR_NONE = "none";
  private static final String FORMAT = "wrong-format";
  private static final String TAKEN = "";

  private static final List<Nasty> NASTY =
      List.of(
          new Nasty("nothing", "", REQUIRED_OR_NONE, REQUIRED_OR_NONE, REQUIRED_OR_NONE),
          new Nasty("blanks", " \t\u2003", REQUIRED_OR_NONE, REQUIRED_OR_NONE, REQUIRED_OR_NONE),
          new Nasty(
              "a no-break space", "\u00a0", REQUIRED_OR_NONE, REQUIRED_OR_NONE, REQUIRED_OR_NONE),
          new Nasty(
              "a zero-width space", "\u200b", REQUIRED_OR_NONE, REQUIRED_OR_NONE, REQUIRED_OR_NONE),
          new Nasty(
              "a Hangul filler", "\u3164", REQUIRED_OR_NONE, REQUIRED_OR_NONE, REQUIRED_OR_NONE),
          new Nasty(
              "what Unicode lets be ignored",
              "\u180b\u2065\ufff0\udb43\udfff",
              REQUIRED_OR_NONE,
              REQUIRED_OR_NONE,
              REQUIRED_OR_NONE),
          new Nasty("a line break", "a\nb", FORMAT, TAKEN, FORMAT),
          new Nasty("a line separator", "a\u2028b", FORMAT, TAKEN, FORMAT),
          new Nasty("an escape character", "a\u001b[31mb", FORMAT, FORMAT, FORMAT),
          new Nasty("a bidirectional override", "a\u202eb", FORMAT, FORMAT, FORMAT),
          new Nasty("a bidirectional isolate", "a\u2066b", FORMAT, FORMAT, FORMAT),
          new Nasty("no character", "a\ufffeb", FORMAT, FORMAT, FORMAT),
          new Nasty("an emoji of several", "\ud83d\udc69\u200d\ud83d\udd2c", TAKEN, TAKEN, FORMAT),
          new Nasty("vowelled Arabic", "\u0645\u064f\u062d\u064e", TAKEN, TAKEN, FORMAT),
          new Nasty("combining marks", "e\u0301 o\u0308", TAKEN, TAKEN, FORMAT),
          new Nasty("an address with blanks", "\u00a0a@Example.org\u00a0", TAKEN, TAKEN, TAKEN),
          new Nasty("an address in Unicode", "a@b\u00fccher.example", TAKEN, TAKEN, TAKEN),
          new Nasty("half an address", "a@b", TAKEN, TAKEN, FORMAT));

  private final ApplicationContext context;
  private final ApiClient api;
  private final JsonMapper json;
  private final Validator validator;

  private StrictBodies(ApplicationContext context) {
    this.context = context;
    this.api = context.getBean(ApiClient.class);
    this.json = context.getBean(JsonMapper.class);
    this.validator = context.getBean(Validator.class);
  }

  /** A test for each endpoint that takes a body, and one for each text field of one. */
  public static Stream<DynamicTest> tests(ApplicationContext context) {
    StrictBodies bodies = new StrictBodies(context);
    List<Endpoint> endpoints = bodies.endpoints();
    List<TextField> texts =
        endpoints.stream()
            .map(Endpoint::body)
            .flatMap(StrictBodies::textFields)
            .distinct()
            .sorted(Comparator.comparing(TextField::toString))
            .toList();
    return Stream.concat(
        endpoints.stream()
            .map(endpoint ->
                DynamicTest.dynamicTest(
                    endpoint + " takes nothing but strict JSON", () -> bodies.check(endpoint))),
        texts.stream()
            .map(field ->
                DynamicTest.dynamicTest(
                    field + " takes no nasty text", () -> bodies.checkText(field))));
  }

  private List<Endpoint> endpoints() {
    List<Endpoint> found = new ArrayList<>();
    context
        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach((mapping, handler) -> add(found, mapping, handler));
    found.sort(Comparator.comparing(Endpoint::toString));
    return found;
  }

  private static void add(List<Endpoint> found, RequestMappingInfo mapping, HandlerMethod handler) {
    Arrays.stream(handler.getMethod().getParameters())
        .filter(parameter -> parameter.isAnnotationPresent(RequestBody.class))
        // A webhook's body is checked by its signature over the bytes.
        .filter(parameter -> parameter.getType() != byte[].class)
        .findFirst()
        .ifPresent(parameter -> {
          HttpMethod method =
              HttpMethod.valueOf(
                  mapping.getMethodsCondition().getMethods().iterator().next().name());
          String path = mapping.getPatternValues().iterator().next();
          boolean isPatch = !parameter.getType().isRecord();
          Class<?> body = isPatch ? patched(handler) : parameter.getType();
          found.add(new Endpoint(method, path, body, isPatch));
        });
  }

  /** The record that a patch is applied to is named for the OpenAPI document. */
  private static Class<?> patched(HandlerMethod handler) {
    io.swagger.v3.oas.annotations.parameters.RequestBody documented =
        Objects.requireNonNull(
            handler.getMethodAnnotation(io.swagger.v3.oas.annotations.parameters.RequestBody.class),
            () -> handler + " does not document what it patches");
    return Arrays.stream(documented.content())
        .map(Content::schema)
        .map(schema -> (Class<?>) schema.implementation())
        .filter(Class::isRecord)
        .findFirst()
        .orElseThrow(() -> new AssertionError(handler + " names no record that it patches"));
  }

  private void check(Endpoint endpoint) {
    String first = endpoint.body().getRecordComponents()[0].getName();
    for (String type : OTHER_TYPES) {
      assertThat(send(endpoint, first + ": 1", "Content-Type", type).status())
          .as("status of %s", type)
          .isEqualTo(415);
    }
    for (String encoding : List.of("gzip", "br", "identity, gzip")) {
      assertThat(send(endpoint, "{}", "Content-Encoding", encoding).status())
          .as("status of %s", encoding)
          .isEqualTo(415);
    }
    Answer twice = send(endpoint, "{\"%s\":null,\"%s\":null}".formatted(first, first));
    twice.refused(400, "malformed-json");
    if (!endpoint.isPatch()) {
      send(endpoint, "{\"fieldOfNobody\":1}").refused(400, "unknown-field");
      coerced(endpoint, endpoint.body(), "", "%s");
    }
  }

  /** Sends each field by itself with a value that a lenient reader would turn into its type. */
  private void coerced(Endpoint endpoint, Class<?> holder, String path, String around) {
    for (RecordComponent component : holder.getRecordComponents()) {
      String name = path + component.getName();
      String field = around.formatted("{\"" + component.getName() + "\":%s}");
      Type type = component.getGenericType();
      if (type instanceof ParameterizedType list
          && list.getRawType() instanceof Class<?> collection
          && Collection.class.isAssignableFrom(collection)) {
        type = list.getActualTypeArguments()[0];
        name = name + "[0]";
        field = field.formatted("[%s]");
      }
      Class<?> raw = (Class<?>) type;
      for (String value : wrongValues(raw)) {
        Answer answer = send(endpoint, field.formatted(value));
        answer.refused(400, "invalid-request");
        String fault = name;
        assertThat(answer.fieldErrors())
            .as("%s of %s, beside what is missing", value, name)
            .filteredOn(error -> !error.matches(".*: (required|one-of-two)"))
            .singleElement()
            .satisfies(error -> assertThat(error).startsWith(fault));
      }
      if (isObject(raw)) {
        coerced(endpoint, raw, name + ".", field);
      }
    }
  }

  private static List<String> wrongValues(Class<?> type) {
    if (INTEGERS.contains(type)) {
      return List.of("125.99", "\"125\"", "true", "1e400");
    }
    if (type == BigDecimal.class) {
      return List.of("\"1.5\"", "true");
    }
    if (type == Instant.class || type == LocalDate.class) {
      return List.of("1767225600", "1767225600.5", "[2026,1,1]", "\"1767225600\"");
    }
    if (type == Boolean.class || type == boolean.class) {
      return List.of("1", "\"true\"");
    }
    return List.of("5", "true", "[[]]");
  }

  private Answer send(Endpoint endpoint, String body, String... header) {
    String path = endpoint.path().replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    ApiClient caller = api.as(bearer(path)).withKey(UUID.randomUUID().toString());
    return (header.length == 0 ? caller : caller.with(header[0], header[1]))
        .send(endpoint.method(), path, body);
  }

  private String bearer(String path) {
    return path.startsWith("/internal/")
        ? "Bearer " + context.getEnvironment().getProperty("cpd.security.internal-token", "")
        : TestTokens.bearer(UUID.randomUUID(), PLATFORM_ROLES, Map.of());
  }

  /** Whether JSON has an object for it; a password, say, is a record in Java and text in JSON. */
  private static boolean isObject(Class<?> type) {
    return type.isRecord()
        && Arrays.stream(type.getRecordComponents())
            .noneMatch(component -> component.getAccessor().isAnnotationPresent(JsonValue.class));
  }

  private static Stream<TextField> textFields(Class<?> holder) {
    return Arrays.stream(holder.getRecordComponents())
        .flatMap(component -> {
          Type type = component.getGenericType();
          boolean isList = type instanceof ParameterizedType;
          if (type instanceof ParameterizedType list) {
            type = list.getActualTypeArguments()[0];
          }
          if (type == String.class) {
            return Stream.of(new TextField(holder, component.getName(), isList, kind(component)));
          }
          return type instanceof Class<?> inner && isObject(inner)
              ? textFields(inner)
              : Stream.empty();
        });
  }

  private static Optional<Annotation> kind(RecordComponent component) {
    Parameter[] parameters =
        component.getDeclaringRecord().getDeclaredConstructors()[0].getParameters();
    Stream<Annotation> own =
        Arrays.stream(parameters)
            .filter(parameter -> parameter.getName().equals(component.getName()))
            .flatMap(parameter -> Arrays.stream(parameter.getAnnotations()));
    return Stream.concat(own, ofElements(component))
        .filter(annotation ->
            Set.of("OneLine", "Prose", "EmailAddress", "ReturnAddress", "Pattern")
                .contains(annotation.annotationType().getSimpleName()))
        .findFirst();
  }

  /** What a list says of its elements. */
  private static Stream<Annotation> ofElements(RecordComponent component) {
    return component.getAnnotatedType() instanceof AnnotatedParameterizedType list
        ? Arrays.stream(list.getAnnotatedActualTypeArguments()[0].getAnnotations())
        : Stream.empty();
  }

  /** Reads and judges it as an endpoint would, without the effects of what is taken. */
  private void checkText(TextField field) {
    assertThat(field.kind())
        .as(
            "%s says with @OneLine, @Prose, @EmailAddress, @ReturnAddress or @Pattern what it takes",
            field)
        .isPresent();
    if (field.isList() && field.kindName().equals("Pattern")) {
      // What is no line is nothing for a list either; of lines the pattern may take some.
      assertThat(NASTY)
          .as(field.toString())
          .allSatisfy(nasty ->
              assertThat(codes(field, nasty.text()))
                  .as(nasty.what())
                  .hasSizeBetween(nasty.inLine().equals(TAKEN) ? 0 : 1, 1));
      return;
    }
    if (Set.of("Pattern", "ReturnAddress").contains(field.kindName())) {
      assertThat(NASTY).allSatisfy(nasty -> assertThat(codes(field, nasty.text())).hasSize(1));
      return;
    }
    for (Nasty nasty : NASTY) {
      String expected =
          switch (field.kindName()) {
            case "OneLine" -> nasty.inLine();
            case "Prose" -> nasty.inProse();
            default -> nasty.asAddress();
          };
      if (expected.equals(REQUIRED_OR_NONE)) {
        assertThat(read(field, nasty.text())).as("%s in %s", nasty.what(), field).isNullOrEmpty();
      } else {
        assertThat(codes(field, nasty.text()))
            .as("%s in %s", nasty.what(), field)
            .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
      }
    }
    if (field.kindName().equals("EmailAddress")) {
      assertThat(read(field, " A@B\u00fccher.example\u00a0")).isEqualTo("a@xn--bcher-kva.example");
      return;
    }
    assertThat(read(field, "\ufeff e\u0301\u00a0")).as(field.toString()).isEqualTo("\u00e9");
    String longest = "\ud83d\udd11".repeat(field.max());
    assertThat(codes(field, longest)).as("the longest %s", field).isEmpty();
    assertThat(codes(field, longest + "x")).as("too long a %s", field).containsOnly("wrong-length");
  }

  /** The codes of the field's own rules, not of those between fields. */
  private List<String> codes(TextField field, String text) {
    Object body = json.convertValue(Map.of(field.name(), field.of(text)), field.holder());
    return validator.validateProperty(body, field.name()).stream()
        .map(violation -> violation.getMessage())
        .toList();
  }

  private @Nullable String read(TextField field, String text) {
    Object body = json.convertValue(Map.of(field.name(), field.of(text)), field.holder());
    JsonNode read = json.valueToTree(body).path(field.name());
    return (field.isList() ? read.path(0) : read).stringValue(null);
  }
}
