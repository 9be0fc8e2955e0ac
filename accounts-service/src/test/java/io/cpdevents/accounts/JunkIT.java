package io.cpdevents.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.TestTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Throws junk at every endpoint of the OpenAPI document, so a new endpoint is covered at once. */
@AccountsIntegrationTest
class JunkIT {

  private static final List<String> BODIES =
      List.of(
          "",
          "null",
          "[]",
          "42",
          "\"text\"",
          "{",
          "{}",
          "{\"unknown\": 1}",
          "[".repeat(5_000),
          "{\"a\":".repeat(500) + "1" + "}".repeat(500),
          everything("null"),
          everything("\"\""),
          everything("{}"),
          everything("[1]"),
          everything("1e400"),
          everything("99999999999999999999999999"),
          everything("\"a\\u0000b\""),
          everything("\"\\ud800\""),
          everything("\"\\u202Eabc\""),
          everything("\"" + "x".repeat(100_000) + "\""));

  private record Operation(HttpMethod method, String path) {}

  @Autowired People people;

  @Test
  void junk_is_refused_with_a_code_and_never_fails() {
    ApiClient client = people.newcomer().as(admin());
    for (Operation operation : operations()) {
      for (String body : BODIES) {
        Answer answer = client.send(operation.method(), operation.path(), body);
        assertUnderstood(operation, body, answer);
      }
      for (String id : List.of("0", "x".repeat(2_000), "🔑")) {
        String path = operation.path().replaceAll("/[0-9a-f]{8}-[0-9a-f-]{27}", "/" + id);
        assertUnderstood(operation, path, client.send(operation.method(), path, null));
      }
    }
  }

  @Test
  void odd_headers_are_refused_or_ignored_and_never_fail() {
    for (Map.Entry<String, List<String>> header :
        Map.of(
                "Authorization",
                List.of("", "Bearer", "Bearer x", "Bearer a.b.c", "Basic eDp5", "x".repeat(9_000)),
                "Idempotency-Key",
                List.of("", " ", "x".repeat(300), "ü"),
                "X-Forwarded-For",
                List.of("", "x", "1.2.3.4, evil", "999.999.999.999", "x".repeat(5_000)),
                "User-Agent",
                List.of("", "/", "\u00FF", "x".repeat(5_000)),
                "Content-Type",
                List.of("text/plain", "application/xml"),
                "Accept",
                List.of("text/csv"))
            .entrySet()) {
      for (String value : header.getValue()) {
        ApiClient client = people.newcomer().with(header.getKey(), value);
        Answer answer = people.logIn(client, people.newEmail(), "whatever it may be");
        assertUnderstood(
            new Operation(HttpMethod.POST, "/api/v1/sessions"), header + value, answer);
      }
    }
  }

  @Test
  void every_endpoint_but_the_public_ones_needs_a_session() {
    Set<String> open =
        Set.of(
            "POST /api/v1/accounts",
            "GET /api/v1/accounts/erasure-receipt-keys",
            "POST /api/v1/accounts/verification",
            "POST /api/v1/accounts/verification-mails",
            "POST /api/v1/me/email-changes/confirmation",
            "POST /api/v1/me/email-changes/revert",
            "POST /api/v1/password-resets",
            "POST /api/v1/password-resets/completion",
            "POST /api/v1/sessions",
            "POST /api/v1/sessions/passkey",
            "POST /api/v1/sessions/passkey/options");
    for (Operation operation : operations()) {
      Answer answer = people.newcomer().send(operation.method(), operation.path(), "{}");
      if (!open.contains(operation.method() + " " + operation.path())) {
        assertThat(answer.status()).as(operation.toString()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("session-missing");
      }
    }
  }

  @Test
  void the_document_tells_passwords_and_tokens_as_text_and_nothing_internal() {
    JsonNode document = people.newcomer().get("/v3/api-docs").body();

    assertThat(document.path("paths").propertyNames()).noneMatch(path -> path.contains("internal"));
    JsonNode schemas = document.path("components").path("schemas");
    assertThat(schemas.toString()).doesNotContain("normalized");
    assertThat(
            schemas
                .path("NewAccount")
                .path("properties")
                .path("password")
                .path("type")
                .asString(schemas.path("SecretText").path("type").asString("")))
        .isEqualTo("string");
  }

  @Test
  void the_document_shows_the_fields_of_a_patch_and_requires_none() {
    JsonNode document = people.newcomer().get("/v3/api-docs").body();

    assertThat(
            document
                .at("/paths/~1api~1v1~1me/patch/requestBody/content/application~1json/schema/$ref")
                .asString())
        .endsWith("/ProfilePatch");
    JsonNode patch = document.at("/components/schemas/ProfilePatch");
    assertThat(patch.path("properties").propertyNames())
        .containsExactlyInAnyOrder("name", "locale", "timeZone");
    assertThat(patch.has("required")).isFalse();
  }

  private static void assertUnderstood(Operation operation, String what, Answer answer) {
    String tried = operation + " " + what.substring(0, Math.min(what.length(), 80));
    assertThat(answer.status()).as(tried).isLessThan(500);
    if (answer.status() >= 400 && !answer.header("Content-Type").isEmpty()) {
      assertThat(answer.header("Content-Type")).as(tried).startsWith("application/problem+json");
      assertThat(answer.code()).as(tried).isNotEmpty();
      assertThat(answer.plain())
          .as(tried)
          .doesNotContain("Exception", "io.cpdevents", "org.springframework", "tools.jackson");
    }
  }

  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    people
        .newcomer()
        .get("/v3/api-docs")
        .body()
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .propertyNames()
                .forEach(method ->
                    operations.add(
                        new Operation(
                            HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                            path.getKey().replaceAll("\\{[^}]+}", UUID.randomUUID().toString())))));
    assertThat(operations).hasSizeGreaterThan(15);
    return operations;
  }

  private static String admin() {
    return TestTokens.bearer(UUID.randomUUID(), Set.of("platform-admin"), Map.of());
  }

  private static String everything(String value) {
    StringBuilder body = new StringBuilder("{");
    for (String field : List.of("email", "password", "name", "locale", "timeZone", "token")) {
      body.append('"').append(field).append("\": ").append(value).append(',');
    }
    body.setCharAt(body.length() - 1, '}');
    return body.toString();
  }
}
