package io.cpdevents.e2e.api;

import io.cpdevents.contracts.ContractsJson;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Whether an answer is one that callers may get, whatever they sent. */
final class Verdict {

  private static final String PROBLEM = "application/problem+json";
  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int FIRST_FAILURE = 500;
  private static final int FIRST_REFUSAL = 400;
  private static final int FIRST_REDIRECT = 300;
  private static final int SHOWN_CHARACTERS = 300;

  /** What nobody outside should read. */
  private static final List<String> INSIDES =
      List.of(
          "Exception",
          "io.cpdevents",
          "org.springframework",
          "org.apache",
          "org.postgresql",
          "tools.jackson",
          "java.lang",
          "java.util",
          "java.time",
          "\\tat ",
          "<html",
          "<!doctype");

  private Verdict() {}

  /**
   * What is wrong with an answer.
   *
   * @param never whether a 2xx is wrong
   * @return empty when it is fine
   */
  static Optional<String> on(int status, String contentType, String body, boolean never) {
    String shown = status + " " + body.substring(0, Math.min(body.length(), SHOWN_CHARACTERS));
    if (status >= FIRST_FAILURE || (status >= FIRST_REDIRECT && status < FIRST_REFUSAL)) {
      return Optional.of(shown);
    }
    if (status < FIRST_REFUSAL && contentType.startsWith(PROBLEM)) {
      return Optional.of("a success that calls itself a problem: " + shown);
    }
    if (status < FIRST_REFUSAL) {
      return never ? Optional.of("taken: " + shown) : Optional.empty();
    }
    if (!contentType.startsWith(PROBLEM)) {
      return Optional.of("not a problem but '" + contentType + "': " + shown);
    }
    try {
      JsonNode problem = ContractsJson.mapper().readTree(body);
      if (!CODE.matcher(problem.path("code").asString("")).matches()
          || problem.path("status").asInt(0) != status) {
        return Optional.of("no code or another status: " + shown);
      }
    } catch (JacksonException notJson) {
      return Optional.of("not JSON: " + shown);
    }
    return INSIDES.stream()
        .filter(body::contains)
        .findFirst()
        .map(inside -> "tells '" + inside + "': " + body);
  }
}
