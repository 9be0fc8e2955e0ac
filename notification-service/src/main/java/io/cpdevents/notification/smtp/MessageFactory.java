package io.cpdevents.notification.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.time.Clock;
import java.util.Date;
import org.springframework.stereotype.Component;

/** Builds the Internet message (RFC 5322, MIME) of a letter. */
@Component
class MessageFactory {

  private static final int MAX_SUBJECT_CHARACTERS = 200;
  private static final int MAX_NAME_CHARACTERS = 100;

  private final SmtpSettings settings;
  private final Clock clock;

  MessageFactory(SmtpSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The message, ready to be handed over.
   *
   * @throws AddressException when the recipient's address is not valid
   */
  MimeMessage message(Session session, Envelope envelope) throws MessagingException {
    Letter letter = envelope.letter();
    MimeMessage message =
        new StableIdMessage(session, "<%s@%s>".formatted(envelope.mailId(), settings.domain()));
    message.setFrom(address(settings.from(), settings.fromName()));
    message.setRecipient(Message.RecipientType.TO, address(letter.email(), letter.name()));
    message.setSubject(SingleLine.of(letter.subject(), MAX_SUBJECT_CHARACTERS), UTF_8.name());
    message.setSentDate(Date.from(clock.instant()));
    // RFC 3834: keeps absence replies away, which nobody would read.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader("Content-Language", letter.language().getLanguage());
    message.setContent(body(letter));
    message.saveChanges();
    return message;
  }

  private static MimeMultipart body(Letter letter) throws MessagingException {
    MimeBodyPart text = new MimeBodyPart();
    text.setText(letter.text(), UTF_8.name(), "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(letter.html(), UTF_8.name(), "html");
    // The last part is the one that readers prefer.
    MimeMultipart both = new MimeMultipart("alternative");
    both.addBodyPart(text);
    both.addBodyPart(html);
    return both;
  }

  private static InternetAddress address(String email, String name) throws AddressException {
    if (!email.equals(SingleLine.of(email, Integer.MAX_VALUE)) || email.indexOf(',') >= 0) {
      throw new AddressException("not one address");
    }
    InternetAddress address = new InternetAddress(email, true);
    address.validate();
    String personal = SingleLine.of(name, MAX_NAME_CHARACTERS);
    if (!personal.isEmpty()) {
      try {
        address.setPersonal(personal, UTF_8.name());
      } catch (UnsupportedEncodingException e) {
        throw new IllegalStateException("UTF-8 is always there", e);
      }
    }
    return address;
  }
}
