package io.cpdevents.local.mailbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.UserImpl;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The mailbox as a process of its own: takes every mail for anybody and shows it. */
public final class MailboxProcess {

  static {
    // Unless it is named, the library looks through every jar for it, several times for each mail.
    System.setProperty(
        "jakarta.mail.util.StreamProvider", "org.eclipse.angus.mail.util.MailStreamProvider");
  }

  private final MailStore store;
  private final GreenMail smtp;

  private MailboxProcess(MailStore store, int smtpPort) {
    this.store = store;
    this.smtp = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  }

  /** Arguments: directory, SMTP port, web port. */
  public static void main(String[] arguments) {
    start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
  }

  /** Starts both servers; what it returns ends them. */
  static AutoCloseable start(Path directory, int smtpPort, int webPort) {
    MailStore store = new MailStore(directory);
    MailboxProcess mailbox = new MailboxProcess(store, smtpPort);
    mailbox.serve();
    MailboxPages pages = MailboxPages.start(store, webPort);
    return () -> {
      mailbox.smtp.stop();
      pages.close();
      store.close();
    };
  }

  private void serve() {
    smtp.start();
    Sink sink = new Sink(smtp.getManagers());
    smtp.getManagers()
        .getUserManager()
        .setMessageDeliveryHandler((message, recipient) -> {
          keep(message, recipient);
          return sink;
        });
  }

  /** GreenMail would keep every mail in memory as well, for readers over IMAP, which nobody is. */
  private static final class Sink extends UserImpl {
    Sink(Managers managers) {
      super("sink", "sink", "sink", managers.getImapHostManager());
    }

    @Override
    public void deliver(MovingMessage message) {
      // Kept by us.
    }
  }

  private void keep(MovingMessage moving, MailAddress recipient) throws MessagingException {
    MimeMessage message = moving.getMessage();
    String from = moving.getReturnPath().getEmail();
    String subject = Objects.requireNonNullElse(message.getSubject(), "");
    try {
      MailParts parts = MailParts.of(message);
      @Nullable String text = parts.text("text/plain").orElse(null);
      @Nullable String html = parts.text("text/html").orElse(null);
      @Nullable String messageId = message.getMessageID();
      Map<String, String> headers = MailParts.headers(message);
      Instant now = Instant.now();
      store.add(id ->
          new Mail(
              id,
              from,
              recipient.getEmail(),
              subject,
              text,
              html,
              now,
              messageId,
              headers,
              parts.files()));
    } catch (IOException e) {
      throw new UncheckedIOException("could not read a mail", e);
    }
  }
}
