package io.cpdevents.benchmarks.stage;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Somebody with an account, logged in.
 *
 * @param api the API as this person
 */
public record Participant(String email, Api api) {

  private static final Pattern VERIFICATION_LINK = Pattern.compile("#token=([^\\s\"<&]+)");

  static Participant signsUp(Stage stage, String name) {
    String email = name + "@example.com";
    String password = "correct horse " + UUID.randomUUID();
    Map<String, Object> account =
        Map.of("email", email, "password", password, "name", name, "locale", "en-CA");
    stage.gateway().write("/api/v1/accounts", account, 202);
    String token = Wait.until("the mail to " + email, () -> tokenMailedTo(stage, email));
    stage.gateway().write("/api/v1/accounts/verification", Map.of("token", token), 204);
    return logsIn(stage, email, password);
  }

  static Participant logsIn(Stage stage, String email, String password) {
    JsonNode session =
        stage
            .gateway()
            .write("/api/v1/sessions", Map.of("email", email, "password", password), 201)
            .json();
    return new Participant(email, stage.gateway().bearing(session.get("token").asString()));
  }

  private static Optional<String> tokenMailedTo(Stage stage, String email) {
    for (JsonNode mail : stage.mailbox().read("/api/messages?to=" + email)) {
      Matcher link = VERIFICATION_LINK.matcher(mail.path("text").asString(""));
      if (link.find()) {
        return Optional.of(link.group(1));
      }
    }
    return Optional.empty();
  }
}
