package io.cpdevents.e2e;

import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Where all mails end up. */
record Mailbox(Api api) {

  /** One mail. */
  record Mail(String messageId, String subject, String text) {}

  List<Mail> mailsTo(String address) {
    JsonNode listed =
        api.get("/api/messages?limit=1000&to=" + URLEncoder.encode(address, StandardCharsets.UTF_8))
            .expect(200)
            .json();
    List<Mail> mails = new ArrayList<>();
    for (JsonNode mail : listed) {
      mails.add(
          new Mail(
              mail.path("messageId").asString(""),
              mail.get("subject").asString(),
              mail.get("text").asString()));
    }
    return mails;
  }

  Mail awaitMail(String address, String subjectBeginsWith) {
    return awaitMail(address, subjectBeginsWith, "");
  }

  Mail awaitMail(String address, String subjectBeginsWith, String textContains) {
    return await("mail '" + subjectBeginsWith + "' to " + address)
        .until(() -> find(address, subjectBeginsWith, textContains), found -> !found.isEmpty())
        .getFirst();
  }

  List<Mail> find(String address, String subjectBeginsWith, String textContains) {
    return mailsTo(address).stream()
        .filter(mail -> mail.subject().startsWith(subjectBeginsWith))
        .filter(mail -> mail.text().contains(textContains))
        .toList();
  }
}
