package io.cpdevents.local.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.test.RawHttp;
import io.cpdevents.platform.test.servers.FreePort;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;
import org.htmlunit.BrowserVersion;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class MailboxProcessTest {

  @TempDir private Path directory;

  private final int smtpPort = FreePort.any();
  private final int webPort = FreePort.any();

  @Test
  void a_mail_is_there_with_its_parts_newest_first() throws Exception {
    try (AutoCloseable mailbox = start()) {
      assertThat(mailbox).isNotNull();
      send("ann@example.org", "First", "plain one", "<p>one</p>");
      send("ann@example.org", "Zweite Nachricht für Ann", "plain two", "<p>two</p>");
      send("bob@example.org", "For Bob", "plain", "<p>bob</p>");

      JsonNode mails = messages("?to=Ann@example.org");
      assertThat(mails.size()).isEqualTo(2);
      assertThat(mails.path(0).path("subject").asString()).isEqualTo("Zweite Nachricht für Ann");
      assertThat(mails.path(0).path("text").asString()).contains("plain two");
      assertThat(mails.path(0).path("html").asString()).contains("<p>two</p>");
      assertThat(mails.path(0).path("from").asString()).isEqualTo("events@cpd.local");
      assertThat(mails.path(0).path("to").asString()).isEqualTo("ann@example.org");
      assertThat(mails.path(0).path("receivedAt").asString()).endsWith("Z");
      assertThat(mails.path(1).path("subject").asString()).isEqualTo("First");
      assertThat(messages("").size()).isEqualTo(3);
      assertThat(call("GET", "/").body()).contains("For Bob");
    }
  }

  @Test
  void who_reads_on_gets_what_came_since_oldest_first() throws Exception {
    try (AutoCloseable mailbox = start()) {
      assertThat(mailbox).isNotNull();
      for (String subject : List.of("First", "Second", "Third")) {
        send("ann@example.org", subject, "text", "<p>html</p>");
      }
      assertThat(subjects("?after=0&limit=2")).containsExactly("First", "Second");
      assertThat(subjects("?after=2")).containsExactly("Third");
      assertThat(subjects("?after=3")).isEmpty();
    }
  }

  @Test
  void mails_survive_a_restart_even_when_it_was_killed_in_the_middle_of_one() throws Exception {
    try (AutoCloseable mailbox = start()) {
      assertThat(mailbox).isNotNull();
      send("ann@example.org", "Kept", "text", "<p>html</p>");
    }
    Files.writeString(
        directory.resolve("mails.jsonl"), "{\"id\":2,\"from\":\"half", StandardOpenOption.APPEND);
    try (AutoCloseable mailbox = start()) {
      assertThat(mailbox).isNotNull();
      send("ann@example.org", "After", "text", "<p>html</p>");
      JsonNode mails = messages("?to=ann@example.org");
      assertThat(mails.size()).isEqualTo(2);
      assertThat(mails.path(0).path("id").asLong()).isEqualTo(2);
      assertThat(mails.path(1).path("subject").asString()).isEqualTo("Kept");
    }
  }

  @Test
  void all_mails_can_be_deleted() throws Exception {
    try (AutoCloseable mailbox = start()) {
      assertThat(mailbox).isNotNull();
      send("ann@example.org", "Gone soon", "text", "<p>html</p>");
      assertThat(call("DELETE", "/api/messages").statusCode()).isEqualTo(204);
      assertThat(messages("").size()).isZero();
    }
  }

  @Test
  void what_a_mail_contains_is_text_on_the_page() throws Exception {
    try (AutoCloseable mailbox = start()) {
      assertThat(mailbox).isNotNull();
      send(
          "ann@example.org",
          "<script>alert(1)</script>",
          "see https://example.org/?a=1&b=2",
          "<b>x</b>");
      assertThat(call("GET", "/").body()).doesNotContain("<script>alert");
      assertThat(call("GET", "/messages/1").body())
          .doesNotContain("<script>alert")
          .contains("href=\"https://example.org/?a=1&amp;b=2\"");
      assertThat(call("GET", "/messages/1/html").headers().firstValue("Content-Security-Policy"))
          .hasValueSatisfying(policy ->
              assertThat(policy)
                  .contains("sandbox", "script-src 'none'")
                  .doesNotContain("allow-scripts", "allow-same-origin"));
      for (String page : List.of("/", "/messages/1")) {
        assertThat(call("GET", page).headers().firstValue("Content-Security-Policy"))
            .hasValueSatisfying(
                policy -> assertThat(policy).contains("default-src 'none'", "object-src 'none'"));
      }
    }
  }

  @Test
  void a_new_mail_appears_on_the_page_while_it_stays_where_it_is() throws Exception {
    try (AutoCloseable mailbox = start();
        WebClient browser = new WebClient(BrowserVersion.CHROME)) {
      assertThat(mailbox).isNotNull();
      browser.getOptions().setFetchPolyfillEnabled(true);
      send("ann@example.org", "First", "text", "<p>html</p>");
      HtmlPage page = browser.getPage("http://127.0.0.1:" + webPort + "/");
      HtmlElement first = page.getFirstByXPath("//a[text()='First']");
      assertThat(page.asNormalizedText()).doesNotContain("No mail has arrived");

      send("bob@example.org", "<b>Second</b>", "text", "<p>html</p>");
      browser.waitForBackgroundJavaScript(3_000);

      List<HtmlElement> links = page.getByXPath("//li/a");
      assertThat(links)
          .extracting(HtmlElement::getTextContent)
          .containsExactly("<b>Second</b>", "First");
      assertThat(links.get(0).getAttribute("href")).isEqualTo("/messages/2");
      assertThat(links.get(1)).as("the same element as before").isSameAs(first);
      assertThat(browser.getCurrentWindow().getEnclosedPage()).isSameAs(page);
    }
  }

  @Test
  void an_empty_mailbox_says_so_until_the_first_mail_arrives() throws Exception {
    try (AutoCloseable mailbox = start();
        WebClient browser = new WebClient(BrowserVersion.CHROME)) {
      assertThat(mailbox).isNotNull();
      browser.getOptions().setFetchPolyfillEnabled(true);
      HtmlPage page = browser.getPage("http://127.0.0.1:" + webPort + "/");
      assertThat(page.asNormalizedText()).contains("No mail has arrived yet");

      send("ann@example.org", "", "text", "<p>html</p>");
      browser.waitForBackgroundJavaScript(3_000);

      assertThat(page.asNormalizedText())
          .contains("(no subject)", "ann@example.org")
          .doesNotContain("No mail has arrived yet");
    }
  }

  @Test
  void the_files_of_a_mail_can_be_opened_and_its_pictures_are_shown_in_it() throws Exception {
    try (AutoCloseable mailbox = start()) {
      assertThat(mailbox).isNotNull();
      MimeBodyPart html = new MimeBodyPart();
      html.setContent("<img src=\"cid:code@ticket\">", "text/html; charset=utf-8");
      MimeBodyPart picture = file("code ü.png", "image/png", "PNG");
      picture.setContentID("<code@ticket>");
      send(
          "ann@example.org",
          "Tickets",
          new MimeMultipart("related", html, picture, file("event.ics", "text/calendar", "BEGIN")));

      JsonNode mail = ContractsJson.mapper().readTree(call("GET", "/api/messages/1").body());
      assertThat(mail.path("attachments").size()).isEqualTo(1);
      assertThat(mail.path("attachments").path(0).path("name").asString()).isEqualTo("event.ics");
      assertThat(mail.path("attachments").path(0).path("contentType").asString())
          .startsWith("text/calendar");
      assertThat(mail.path("attachments").path(0).path("size").asInt()).isEqualTo(5);
      assertThat(mail.path("headers").path("Subject").asString()).isEqualTo("Tickets");
      assertThat(mail.path("html").asString()).contains("cid:code@ticket");

      String address = "/api/messages/1/attachments/code%20%C3%BC.png";
      assertThat(call("GET", "/messages/1/html").body()).contains("<img src=\"" + address + "\">");
      assertThat(call("GET", address).body()).isEqualTo("PNG");
      assertThat(call("GET", address).headers().firstValue("Content-Type")).hasValue("image/png");
      assertThat(call("GET", "/messages/1").body())
          .contains("<a href=\"/api/messages/1/attachments/event.ics\">event.ics</a>")
          .doesNotContain(".png");
      HttpResponse<String> calendar = call("GET", "/api/messages/1/attachments/event.ics");
      assertThat(calendar.body()).isEqualTo("BEGIN");
      assertThat(calendar.headers().firstValue("Content-Disposition")).hasValue("attachment");
      assertThat(call("GET", "/api/messages/1/attachments/other").statusCode()).isEqualTo(404);
      assertThat(call("GET", "/api/messages/2").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void mails_of_an_earlier_version_are_shown_without_files() throws Exception {
    Files.writeString(
        directory.resolve("mails.jsonl"),
        """
        {"id":1,"from":"a@b.c","to":"ann@example.org","subject":"Old","receivedAt":"2026-01-01T00:00:00Z"}
        """);
    try (AutoCloseable mailbox = start()) {
      assertThat(mailbox).isNotNull();
      assertThat(subjects("")).containsExactly("Old");
      assertThat(call("GET", "/messages/1").body()).contains("Old").doesNotContain("Files");
    }
  }

  @Test
  void the_button_of_a_mail_opens_a_tab_because_pages_refuse_to_be_framed() throws Exception {
    try (AutoCloseable mailbox = start()) {
      assertThat(mailbox).isNotNull();
      send("ann@example.org", "One", "text", "<html><head lang=en><title>x</title></head>y</html>");
      send("ann@example.org", "Two", "text", "<a href=\"https://example.org\">go</a>");

      assertThat(call("GET", "/messages/1/html").body())
          .contains("<head lang=en><base target=\"_blank\"><title>");
      assertThat(call("GET", "/messages/2/html").body()).startsWith("<base target=\"_blank\"><a");
      assertThat(call("GET", "/messages/2").body())
          .contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\"");
    }
  }

  private AutoCloseable start() {
    return MailboxProcess.start(directory, smtpPort, webPort);
  }

  private static MimeBodyPart file(String name, String type, String content)
      throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(
        new DataHandler(
            new ByteArrayDataSource(content.getBytes(StandardCharsets.US_ASCII), type)));
    try {
      part.setFileName(MimeUtility.encodeText(name, "UTF-8", null));
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError(e);
    }
    return part;
  }

  private void send(String to, String subject, String text, String html) throws MessagingException {
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(text, StandardCharsets.UTF_8.name());
    MimeBodyPart rich = new MimeBodyPart();
    rich.setContent(html, "text/html; charset=utf-8");
    send(to, subject, new MimeMultipart("alternative", plain, rich));
  }

  private void send(String to, String subject, MimeMultipart content) throws MessagingException {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", "127.0.0.1");
    properties.put("mail.smtp.port", Integer.toString(smtpPort));
    MimeMessage message = new MimeMessage(Session.getInstance(properties));
    message.setFrom(new InternetAddress("events@cpd.local"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
    message.setSubject(subject, StandardCharsets.UTF_8.name());
    message.setContent(content);
    Transport.send(message);
  }

  private List<String> subjects(String query) throws IOException, InterruptedException {
    return messages(query).valueStream().map(mail -> mail.path("subject").asString()).toList();
  }

  private JsonNode messages(String query) throws IOException, InterruptedException {
    return ContractsJson.mapper().readTree(call("GET", "/api/messages" + query).body());
  }

  private HttpResponse<String> call(String method, String path)
      throws IOException, InterruptedException {
    return RawHttp.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webPort + path))
            .method(method, HttpRequest.BodyPublishers.noBody()));
  }
}
