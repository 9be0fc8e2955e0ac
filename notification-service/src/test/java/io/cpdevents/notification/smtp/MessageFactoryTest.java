package io.cpdevents.notification.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageFactoryTest {

  private static final Instant NOW = Instant.parse("2027-03-01T15:00:00Z");
  private static final SmtpSettings SETTINGS =
      new SmtpSettings("127.0.0.1", 25, "", "", false, "events@cpd.example", "CPD Events");

  private final MessageFactory factory =
      new MessageFactory(SETTINGS, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void every_copy_of_a_mail_has_the_same_message_id() throws MessagingException {
    UUID mailId = UUID.randomUUID();

    String first = message(mailId, letter("ada@cpd.example", "Ada", "Hi")).getMessageID();

    assertThat(first).isEqualTo("<" + mailId + "@cpd.example>");
    assertThat(message(mailId, letter("ada@cpd.example", "Ada", "Hi")).getMessageID())
        .isEqualTo(first);
  }

  @Test
  void the_headers_say_who_when_and_that_a_machine_wrote_it() throws MessagingException {
    MimeMessage message = message(letter("ada@cpd.example", "Zoë Ångström", "Ihre Plätze"));

    assertThat(message.getFrom()[0]).hasToString("CPD Events <events@cpd.example>");
    InternetAddress to = (InternetAddress) message.getAllRecipients()[0];
    assertThat(to.getAddress()).isEqualTo("ada@cpd.example");
    assertThat(to.getPersonal()).isEqualTo("Zoë Ångström");
    assertThat(message.getSubject()).isEqualTo("Ihre Plätze");
    assertThat(message.getSentDate().toInstant()).isEqualTo(NOW);
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(message.getHeader("Content-Language")).containsExactly("en");
    assertThat(message.getHeader("MIME-Version")).containsExactly("1.0");
  }

  @Test
  void text_comes_first_and_html_last() throws MessagingException, IOException {
    MimeMultipart both =
        (MimeMultipart) message(letter("ada@cpd.example", "Ada", "Hi")).getContent();

    assertThat(both.getContentType()).startsWith("multipart/alternative");
    BodyPart text = both.getBodyPart(0);
    BodyPart html = both.getBodyPart(1);
    assertThat(text.getContentType()).isEqualTo("text/plain; charset=UTF-8");
    assertThat(text.getContent()).isEqualTo("Grüße");
    assertThat(html.getContentType()).isEqualTo("text/html; charset=UTF-8");
    assertThat(html.getContent()).isEqualTo("<p>Grüße</p>");
  }

  @Test
  void files_are_beside_the_letter_and_pictures_within_its_html()
      throws MessagingException, IOException {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xff};
    Letter letter =
        new Letter(
            "ada@cpd.example",
            "Ada",
            Locale.CANADA,
            "Hi",
            "Grüße",
            "<img src='cid:1@ticket'>",
            List.of(
                Attachment.shown("ticket.png", "image/png", png, "1@ticket"),
                Attachment.file("ticket.png", "image/png", png),
                Attachment.file(
                    "event.ics",
                    "text/calendar; charset=UTF-8; method=PUBLISH",
                    "SUMMARY:Größe\r\n".getBytes(StandardCharsets.UTF_8))));

    MimeMultipart mixed = (MimeMultipart) message(letter).getContent();
    assertThat(mixed.getContentType()).startsWith("multipart/mixed");
    assertThat(mixed.getCount()).isEqualTo(3);
    MimeMultipart both = (MimeMultipart) mixed.getBodyPart(0).getContent();
    assertThat(both.getContentType()).startsWith("multipart/alternative");
    assertThat(both.getBodyPart(0).getContent()).isEqualTo("Grüße");
    MimeMultipart related = (MimeMultipart) both.getBodyPart(1).getContent();
    assertThat(related.getContentType()).startsWith("multipart/related");
    assertThat(related.getBodyPart(0).getContentType()).startsWith("text/html");
    BodyPart shown = related.getBodyPart(1);
    assertThat(shown.getHeader("Content-ID")).containsExactly("<1@ticket>");
    assertThat(shown.getDisposition()).isEqualTo(Part.INLINE);
    BodyPart file = mixed.getBodyPart(1);
    assertThat(file.getDisposition()).isEqualTo(Part.ATTACHMENT);
    assertThat(file.getFileName()).isEqualTo("ticket.png");
    assertThat(file.getInputStream().readAllBytes()).isEqualTo(png);
    BodyPart calendar = mixed.getBodyPart(2);
    assertThat(calendar.getContentType()).contains("method=PUBLISH");
    assertThat(calendar.getInputStream().readAllBytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("SUMMARY:Größe\r\n");
  }

  @Test
  void nothing_that_people_type_becomes_a_header() throws MessagingException, IOException {
    MimeMessage message =
        message(
            letter(
                "ada@cpd.example",
                "Ada\r\nBcc: victim@example.org",
                "Tickets\r\nX-Injected: yes\r\n\r\nbody"));
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    message.writeTo(raw);

    assertThat(message.getHeader("Bcc")).isNull();
    assertThat(message.getHeader("X-Injected")).isNull();
    assertThat(raw.toString(StandardCharsets.UTF_8).lines())
        .noneMatch(line -> line.startsWith("Bcc:") || line.startsWith("X-Injected:"));
    assertThat(message.getAllRecipients()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=?UTF-8?Q?x=0D=0ABcc:_victim@example.org?=",
        "=?utf-8?b?eA0KQmNjOiB2aWN0aW1AZXhhbXBsZS5vcmc=?= Nurses",
        "Nurses =?UTF-8?Q?a?= =?UTF-8?Q?b?=",
        "Zoë \"=?UTF-8?Q?x=0D=0ABcc:_victim@example.org?=\" <x@example.org>, Ångström",
        "=?",
        "=?UTF-8?Q?=3D=3FUTF-8=3FQ=3Fx=3D0D=3D0ABcc:=3F=3D?="
      })
  void what_looks_like_an_encoded_word_is_read_as_it_was_typed(String typed)
      throws MessagingException, IOException {
    Letter letter = letter("ada@cpd.example", typed, "Tickets for " + typed);
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    message(letter).writeTo(raw);
    MimeMessage read =
        new MimeMessage(
            Session.getInstance(new Properties()), new ByteArrayInputStream(raw.toByteArray()));

    assertThat(read.getSubject()).isEqualTo("Tickets for " + typed);
    assertThat(((InternetAddress) read.getAllRecipients()[0]).getPersonal()).isEqualTo(typed);
    assertThat(((InternetAddress) read.getAllRecipients()[0]).getAddress())
        .isEqualTo("ada@cpd.example");
    // Readers that look for encoded words anywhere, within quotes too, find none of the sender's.
    String head = raw.toString(StandardCharsets.US_ASCII).split("\r\n\r\n")[0];
    assertThat(head.split("\r\n")).allSatisfy(line -> assertThat(line.length()).isLessThan(77));
    Matcher word = Pattern.compile("=\\?[^?]+\\?(.)\\?([^?]*)\\?=").matcher(head);
    while (word.find()) {
      assertThat(MimeUtility.decodeText(word.group())).doesNotContain("\r", "\n");
    }
  }

  @Test
  void the_senders_name_is_encoded_as_well() throws MessagingException {
    SmtpSettings sender =
        new SmtpSettings(
            "127.0.0.1", 25, "", "", false, "events@cpd.example", "=?UTF-8?Q?x=0D=0Ay?=");
    MimeMessage message =
        new MessageFactory(sender, Clock.fixed(NOW, ZoneOffset.UTC))
            .message(
                Session.getInstance(new Properties()),
                new Envelope(UUID.randomUUID(), letter("ada@cpd.example", "Ada", "Hi")));

    assertThat(message.getHeader("From")[0]).doesNotContain("=0D=0A");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "ada@",
        "@cpd.example",
        "ada@cpd.example,bob@cpd.example",
        "ada@cpd.example\r\nRCPT TO:<bob@cpd.example>",
        "ada@cpd.example>\r\nDATA",
        "ada lovelace@cpd.example"
      })
  void what_is_not_one_address_is_refused(String email) {
    assertThatThrownBy(() -> message(letter(email, "Ada", "Hi")))
        .isInstanceOf(AddressException.class);
  }

  private MimeMessage message(Letter letter) throws MessagingException {
    return message(UUID.randomUUID(), letter);
  }

  private MimeMessage message(UUID mailId, Letter letter) throws MessagingException {
    return factory.message(Session.getInstance(new Properties()), new Envelope(mailId, letter));
  }

  private static Letter letter(String email, String name, String subject) {
    return new Letter(email, name, Locale.CANADA, subject, "Grüße", "<p>Grüße</p>", List.of());
  }
}
