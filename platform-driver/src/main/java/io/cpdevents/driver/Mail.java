package io.cpdevents.driver;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * One mail as it arrived.
 *
 * @param id counts up as mails arrive
 * @param messageId equal in a second copy of the same mail
 */
public record Mail(long id, String messageId, String from, String to, String subject, String text) {

  private static final Pattern TOKEN_IN_LINK = Pattern.compile("#token=([^\\s\"<&]+)");

  static Mail of(JsonNode json) {
    return new Mail(
        json.path("id").asLong(),
        json.path("messageId").asString(""),
        json.path("from").asString(""),
        json.path("to").asString(""),
        json.path("subject").asString(""),
        json.path("text").asString(""));
  }

  /** What the link in it proves. */
  public String tokenInLink() {
    Matcher link = TOKEN_IN_LINK.matcher(text);
    if (!link.find()) {
      throw new NotAsExpected("no link with a token in: " + text);
    }
    return link.group(1);
  }
}
