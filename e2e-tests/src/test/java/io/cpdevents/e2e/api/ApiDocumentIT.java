package io.cpdevents.e2e.api;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.e2e.Journey;
import io.cpdevents.platform.test.HouseDocs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.node.ObjectNode;

/** The API's one document, and the files that are made from it. */
@Journey
class ApiDocumentIT {

  /** Where the document of the client says that the API is: each operator has another address. */
  private static final String SOME_ADDRESS = "https://events.example.org";

  private static final String PROBLEMS = "x-problems";
  private static final String FIELD_PROBLEMS = "x-field-problems";

  @Test
  void every_operation_has_what_clients_and_readers_need(World world) {
    Set<String> ids = new HashSet<>();
    Set<String> lacking = new TreeSet<>();
    for (Operation operation : Operation.all(world.api())) {
      JsonNode node = operation.node();
      String id = node.path("operationId").asString("");
      if (!ids.add(id)) {
        lacking.add(operation + " has the operationId '" + id + "' of another: rename its method");
      }
      if (node.path("summary").asString("").isEmpty()) {
        lacking.add(operation + " lacks a summary: @Operation(summary = …)");
      }
      if (node.path("tags").size() != 1) {
        lacking.add(operation + " lacks its tag in product words: @Tag on the controller");
      }
      if (operation.access().isEmpty()) {
        lacking.add(operation + " lacks its access annotation");
      }
      JsonNode ok = node.path("responses").path("200");
      if (!ok.isMissingNode() && ok.path("content").isEmpty()) {
        lacking.add(operation + " lacks the media type of its answer: @ApiResponse");
      }
      node.path("responses")
          .properties()
          .forEach(response ->
              response
                  .getValue()
                  .path("content")
                  .propertyNames()
                  .forEach(type -> {
                    if (type.contains("*")) {
                      lacking.add(operation + " " + response.getKey() + " is of any media type");
                    }
                  }));
    }
    assertThat(lacking).isEmpty();
  }

  @Test
  void every_parameter_says_what_it_is(World world) {
    Set<String> lacking = new TreeSet<>();
    for (Operation operation : Operation.all(world.api())) {
      for (JsonNode parameter : operation.node().path("parameters")) {
        if (parameter.path("description").asString("").isEmpty()) {
          lacking.add(
              "%s: @Parameter(description = …) on %s"
                  .formatted(operation, parameter.path("name").asString()));
        }
      }
    }
    assertThat(lacking).isEmpty();
  }

  /** A generated client makes a union of words that are all known; of others it knows the form. */
  @Test
  void words_that_are_all_known_are_enumerations_and_others_have_a_form(World world) {
    Pattern word =
        Pattern.compile(
            "(?i).*(status|kind|roles?|cause|trigger|outcome|waitsFor|planId|template)");
    Pattern code = Pattern.compile("(?i).*(currency|currencies|country)");
    Set<String> lacking = new TreeSet<>();
    document(world)
        .at("/components/schemas")
        .properties()
        .forEach(schema ->
            schema
                .getValue()
                .path("properties")
                .properties()
                .forEach(field -> {
                  JsonNode values =
                      field.getValue().has("items")
                          ? field.getValue().path("items")
                          : field.getValue();
                  String name = field.getKey();
                  boolean isWord = word.matcher(name).matches() || code.matcher(name).matches();
                  if (isWord
                      && Samples.type(values).equals("string")
                      && Stream.of("enum", "pattern", "$ref", "anyOf").noneMatch(values::has)) {
                    lacking.add(schema.getKey() + "." + name);
                  }
                }));
    assertThat(lacking).as("take an enum, Currency or @Schema(pattern = OpenWord.FORM)").isEmpty();
  }

  /** A client that checks before it sends needs every limit. Webhooks are sent by Stripe. */
  @Test
  void everything_in_a_request_has_its_limits(World world) {
    Set<String> lacking = new TreeSet<>();
    Operation.all(world.api()).stream()
        .filter(operation -> !operation.path().startsWith("/webhooks/"))
        .forEach(operation -> lacking.addAll(Limits.lackingIn(operation)));
    assertThat(lacking).isEmpty();
  }

  /** Who tries an operation out on the documentation's page sends its example as it stands. */
  @TestFactory
  Stream<DynamicTest> the_example_of_a_body_is_taken(World world) {
    Belongings belongings = new Belongings(world);
    return Operation.all(world.api()).stream()
        .filter(Operation::takesJson)
        .filter(operation -> !operation.path().startsWith("/webhooks/"))
        .sorted(Comparator.comparing(Operation::destruction))
        .map(operation ->
            DynamicTest.dynamicTest(
                operation.toString(),
                () -> {
                  Answer answer =
                      operation
                          .prepared(caller(operation, belongings, world).provenApi())
                          .with("Content-Type", "application/json")
                          .send(
                              operation.method(),
                              operation.pathWith(belongings::idIn),
                              Examples.of(operation).toString());
                  assertThat(answer.status()).as(answer.body()).isLessThan(500);
                  if (!answer.isSuccess()) {
                    assertThat(answer.code()).isNotEqualTo("malformed-json");
                    // The ids of an example are nobody's.
                    assertThat(answer.json().path("errors"))
                        .allSatisfy(error ->
                            assertThat(error.path("code").asString())
                                .as(answer.body())
                                .isEqualTo("not-found"));
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> an_empty_list_is_refused_where_the_document_says_so(World world) {
    Belongings belongings = new Belongings(world);
    return Operation.all(world.api()).stream()
        .filter(Operation::takesJson)
        .filter(operation -> !lists(operation).isEmpty())
        .sorted(Comparator.comparing(Operation::destruction))
        .map(operation ->
            DynamicTest.dynamicTest(
                operation.toString(),
                () ->
                    lists(operation)
                        .forEach((field, least) -> {
                          ObjectNode body = (ObjectNode) Examples.of(operation);
                          body.putArray(field);
                          Answer answer =
                              operation
                                  .prepared(caller(operation, belongings, world).provenApi())
                                  .with("Content-Type", "application/json")
                                  .send(
                                      operation.method(),
                                      operation.pathWith(belongings::idIn),
                                      body.toString());
                          assertThat(faultsOf(answer).contains(field + ": wrong-length"))
                              .as(answer.body())
                              .isEqualTo(least > 0);
                        })));
  }

  /** The lists of a body with the fewest elements that each may have. */
  private static Map<String, Integer> lists(Operation operation) {
    Map<String, Integer> lists = new TreeMap<>();
    operation
        .bodySchema()
        .path("properties")
        .properties()
        .forEach(field -> {
          JsonNode least = field.getValue().path("minItems");
          if (!least.isMissingNode()) {
            lists.put(field.getKey(), least.asInt());
          }
        });
    return lists;
  }

  private static List<String> faultsOf(Answer answer) {
    return answer.isSuccess()
        ? List.of()
        : answer
            .json()
            .path("errors")
            .valueStream()
            .map(error -> error.path("field").asString() + ": " + error.path("code").asString())
            .toList();
  }

  @Test
  void the_page_of_permissions_is_made_from_the_document(World world) {
    HouseDocs.assertFile("docs/permissions.md", Permissions.page(Operation.all(world.api())));
  }

  private static Person caller(Operation operation, Belongings belongings, World world) {
    return switch (operation.access()) {
      case "organization" -> belongings.owner();
      case "platform" -> world.admin();
      default -> belongings.buyer();
    };
  }

  @Test
  void the_document_names_its_version_its_server_and_its_security(World world) {
    JsonNode document = document(world);

    assertThat(document.at("/info/version").asString()).isNotEmpty();
    assertThat(document.at("/servers/0/url").asString()).isEqualTo(world.address().gatewayUrl());
    assertThat(document.at("/components/securitySchemes").propertyNames())
        .containsExactlyInAnyOrder("bearer", "cookie");
  }

  @Test
  void what_has_a_version_is_read_and_changed_under_conditions(World world) {
    List<Operation> operations = Operation.all(world.api());
    Set<String> lacking = new TreeSet<>();
    Set<String> versioned = new HashSet<>();
    for (Operation operation : operations) {
      for (JsonNode answer : operation.versionedAnswers()) {
        versioned.add(operation.path());
        if (answer.at("/headers/ETag").isMissingNode()) {
          lacking.add(operation + " lacks its ETag: its view is no Versioned");
        }
        if (operation.method().equals("GET") && !operation.takesHeader("If-None-Match")) {
          lacking.add(operation + " takes no If-None-Match");
        }
      }
    }
    operations.stream()
        .filter(operation -> Set.of("PATCH", "PUT", "DELETE").contains(operation.method()))
        .filter(operation -> versioned.contains(operation.path()))
        .filter(operation -> !operation.takesHeader("If-Match"))
        .forEach(operation -> lacking.add(operation + " takes no IfMatch"));
    assertThat(versioned).isNotEmpty();
    assertThat(lacking).isEmpty();
  }

  /** A code that no test shows may be one that no service answers any more. */
  @Test
  void every_code_is_shown_by_a_test(World world) throws IOException {
    Set<String> words = wordsOfTests();
    Set<String> unseen = new TreeSet<>();
    for (String problems : List.of(PROBLEMS, FIELD_PROBLEMS)) {
      for (JsonNode problem : document(world).path(problems)) {
        String code = problem.path("code").asString();
        if (!words.contains(code) && !words.contains(constantOf(code))) {
          unseen.add(code);
        }
      }
    }
    assertThat(unseen).isEmpty();
  }

  private static String constantOf(String code) {
    return code.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static Set<String> wordsOfTests() throws IOException {
    Pattern word = Pattern.compile("[a-zA-Z][a-zA-Z_-]+");
    try (Stream<Path> files = Files.walk(HouseDocs.repositoryRoot())) {
      Set<String> words = new HashSet<>();
      for (Path file : files.filter(ApiDocumentIT::isTest).toList()) {
        word.matcher(Files.readString(file)).results().forEach(found -> words.add(found.group()));
      }
      return words;
    }
  }

  private static boolean isTest(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.matches(".*(/src/test/java/|/platform-test/src/main/java/).*[.]java");
  }

  @Test
  void every_code_is_described_where_its_type_leads(World world) {
    for (JsonNode problem : document(world).path(PROBLEMS)) {
      Answer page = world.api().get("/problems/" + problem.path("code").asString()).expect(200);
      assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
      assertThat(page.body()).contains("<code>" + problem.path("code").asString() + "</code>");
    }
    Answer refused = world.api().get("/api/v1/me").expect(401);
    URI type = URI.create(refused.text("type"));
    assertThat(type.toString()).startsWith(world.address().gatewayUrl() + "/problems/");
    world.api().get(type.getPath()).expect(200);
    assertThat(world.api().get("/problems/no-such-code").status()).isEqualTo(404);
  }

  @Test
  void the_gateways_own_problems_say_as_much_as_the_services(World world) {
    JsonNode problem = world.api().get("/api/v1/nothing").expect(404).json();

    assertThat(problem.path("type").asString()).endsWith("/problems/not-found");
    assertThat(problem.path("instance").asString()).isEqualTo("/api/v1/nothing");
    assertThat(problem.path("traceId").asString()).matches("[0-9a-f]{32}");
  }

  @Test
  void the_list_of_problems_is_made_from_the_code(World world) {
    JsonNode document = document(world);
    HouseDocs.assertFile(
        "docs/problems.md",
        """
        # Problems

        Every refusal and failure is `application/problem+json` (RFC 9457). Its `code` says why and never changes; `type` is the
        address of its description at the gateway, `/problems/<code>`. The OpenAPI document lists for each operation the codes
        that it can answer. This file is made from the enums of the services (`ProblemCode`); a test holds them equal.

        | code | status | what it means | what a client can do |
        |---|---|---|---|
        %s

        ## Codes of fields

        A problem `invalid-request` (and others that are about fields) has `errors`: `[{field, code, allowed?}]`, where `field` is a JSON path.

        | code | what it means |
        |---|---|
        %s
        """
            .formatted(
                rows(document.path(PROBLEMS), List.of("code", "status", "meaning", "remedy")),
                rows(document.path(FIELD_PROBLEMS), List.of("code", "meaning"))));
  }

  @Test
  void the_clients_copy_of_the_document_is_the_document(World world) {
    JsonNode document = document(world);
    HouseDocs.assertFile(
        "clients/typescript/openapi.json",
        ContractsJson.mapper()
                .writer()
                .with(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(document)
                .replace(world.address().gatewayUrl(), SOME_ADDRESS)
                .replace("\r\n", "\n")
            + "\n");
  }

  private static String rows(JsonNode all, List<String> columns) {
    return StreamSupport.stream(all.spliterator(), false)
        .sorted(
            Comparator.comparing((JsonNode each) -> each.path("status").asInt(0))
                .thenComparing(each -> each.path("code").asString("")))
        .map(each ->
            columns.stream()
                .map(column ->
                    column.equals("code")
                        ? "`" + each.path(column).asString() + "`"
                        : each.path(column).asString())
                .collect(joining(" | ", "| ", " |")))
        .collect(joining("\n"));
  }

  private static JsonNode document(World world) {
    return world.api().get("/v3/api-docs").expect(200).json();
  }
}
