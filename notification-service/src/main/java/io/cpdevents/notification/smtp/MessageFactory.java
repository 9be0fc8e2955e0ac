package io.cpdevents.notification.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Builds the Internet message (RFC 5322, MIME) of a letter. */
@Component
class MessageFactory {

  private static final String SUBJECT = "Subject";
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
    message.setHeader(SUBJECT, subject(letter));
    message.setSentDate(Date.from(clock.instant()));
    // RFC 3834: keeps absence replies away, which nobody would read.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader("Content-Language", letter.language().getLanguage());
    message.setContent(body(letter));
    message.saveChanges();
    return message;
  }

  /**
   * {@code mixed(alternative(text, related(html, shown…)), files…)}, without what is not needed.
   */
  private static MimeMultipart body(Letter letter) throws MessagingException {
    MimeBodyPart text = new MimeBodyPart();
    text.setText(letter.text(), UTF_8.name(), "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(letter.html(), UTF_8.name(), "html");
    List<BodyPart> shown = parts(letter, attachment -> attachment.contentId() != null);
    List<BodyPart> files = parts(letter, attachment -> attachment.contentId() == null);
    // The last part is the one that readers prefer.
    MimeMultipart both =
        new MimeMultipart(
            "alternative",
            text,
            shown.isEmpty() ? html : nested(multipart("related", html, shown)));
    return files.isEmpty() ? both : multipart("mixed", nested(both), files);
  }

  private static List<BodyPart> parts(Letter letter, Predicate<Attachment> which)
      throws MessagingException {
    List<BodyPart> parts = new ArrayList<>();
    for (Attachment attachment : letter.attachments()) {
      if (which.test(attachment)) {
        parts.add(part(attachment));
      }
    }
    return parts;
  }

  private static BodyPart part(Attachment attachment) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(
        new DataHandler(new ByteArrayDataSource(attachment.content(), attachment.contentType())));
    part.setFileName(attachment.fileName());
    String contentId = attachment.contentId();
    if (contentId == null) {
      part.setDisposition(Part.ATTACHMENT);
    } else {
      part.setContentID("<" + contentId + ">");
      part.setDisposition(Part.INLINE);
    }
    return part;
  }

  private static MimeMultipart multipart(String subtype, BodyPart first, List<BodyPart> others)
      throws MessagingException {
    MimeMultipart multipart = new MimeMultipart(subtype, first);
    for (BodyPart other : others) {
      multipart.addBodyPart(other);
    }
    return multipart;
  }

  private static BodyPart nested(MimeMultipart multipart) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setContent(multipart);
    return part;
  }

  private static InternetAddress address(String email, String name) throws AddressException {
    if (!email.equals(SingleLine.of(email, Integer.MAX_VALUE)) || email.indexOf(',') >= 0) {
      throw new AddressException("not one address");
    }
    InternetAddress address = new InternetAddress(email, true);
    address.validate();
    String personal = SingleLine.of(name, MAX_NAME_CHARACTERS);
    return personal.isEmpty() ? address : new NamedAddress(address.getAddress(), personal);
  }

  private static String subject(Letter letter) {
    String text = HeaderText.of(SingleLine.of(letter.subject(), MAX_SUBJECT_CHARACTERS));
    return MimeUtility.fold((SUBJECT + ": ").length(), text);
  }

  /** An address with a name, which the library would write as it is when it is ASCII. */
  private static final class NamedAddress extends InternetAddress {
    private static final long serialVersionUID = 1L;

    NamedAddress(String email, String name) {
      setAddress(email);
      this.personal = name;
      this.encodedPersonal = HeaderText.of(name);
    }
  }
}
