package io.cpdevents.local.mailbox;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The mailbox as a process of its own: takes every mail for anybody and shows it. */
public final class MailboxProcess {

  /** GreenMail keeps a copy of its own in memory; it is dropped this often. */
  private static final int PURGE_EVERY_MAILS = 50;

  static {
    // Unless it is named, the library looks through every jar for it, several times for each mail.
    System.setProperty(
        "jakarta.mail.util.StreamProvider", "org.eclipse.angus.mail.util.MailStreamProvider");
  }

  private final MailStore store;
  private final GreenMail smtp;
  private final AtomicLong received = new AtomicLong();

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
    GreenMailUser sink = smtp.setUser("sink", "sink");
    smtp.getManagers()
        .getUserManager()
        .setMessageDeliveryHandler((message, recipient) -> {
          keep(message, recipient);
          if (received.incrementAndGet() % PURGE_EVERY_MAILS == 0) {
            purge();
          }
          return sink;
        });
  }

  private void keep(MovingMessage moving, MailAddress recipient) throws MessagingException {
    MimeMessage message = moving.getMessage();
    String from = moving.getReturnPath().getEmail();
    String subject = Objects.requireNonNullElse(message.getSubject(), "");
    try {
      @Nullable String text = MailParts.first(message, "text/plain");
      @Nullable String html = MailParts.first(message, "text/html");
      @Nullable String messageId = message.getMessageID();
      Instant now = Instant.now();
      store.add(
          id -> new Mail(id, from, recipient.getEmail(), subject, text, html, now, messageId));
    } catch (IOException e) {
      throw new UncheckedIOException("could not read a mail", e);
    }
  }

  private void purge() {
    try {
      smtp.purgeEmailFromAllMailboxes();
    } catch (FolderException e) {
      throw new IllegalStateException(e);
    }
  }
}
