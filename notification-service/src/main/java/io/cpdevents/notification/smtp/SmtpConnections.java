package io.cpdevents.notification.smtp;

import jakarta.annotation.PreDestroy;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Connections to the mail server, used by one mail at a time and kept for the next. As many are
 * open as mails are sent at once; {@link SmtpMailServer} bounds that.
 */
@Component
class SmtpConnections {

  private static final Logger log = LoggerFactory.getLogger(SmtpConnections.class);

  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final int READ_TIMEOUT_MILLIS = 10_000;
  private static final int WRITE_TIMEOUT_MILLIS = 10_000;

  private static final String STREAM_PROVIDER = "jakarta.mail.util.StreamProvider";

  static {
    // Unless it is named, the library looks through every jar for it, several times for each mail.
    if (System.getProperty(STREAM_PROVIDER) == null) {
      System.setProperty(STREAM_PROVIDER, "org.eclipse.angus.mail.util.MailStreamProvider");
    }
  }

  /** A connection that rested for longer may have been closed by the server: it is asked first. */
  private static final long TRUSTED_REST_NANOS = 1_000_000_000L;

  /** Servers close a connection that rests for minutes; we do it before. */
  private static final long MAX_REST_NANOS = 30_000_000_000L;

  private record Resting(Transport transport, long sinceNanos) {}

  private final ConcurrentLinkedDeque<Resting> resting = new ConcurrentLinkedDeque<>();
  private final SmtpSettings settings;
  private final Session session;

  SmtpConnections(SmtpSettings settings) {
    this.settings = settings;
    this.session = Session.getInstance(properties(settings));
  }

  Session session() {
    return session;
  }

  /** A connection that works as far as we know; give it back or close it. */
  Transport take() throws MessagingException {
    for (Resting next = resting.pollFirst(); next != null; next = resting.pollFirst()) {
      long restedNanos = System.nanoTime() - next.sinceNanos();
      if (restedNanos < TRUSTED_REST_NANOS
          || (restedNanos < MAX_REST_NANOS && next.transport().isConnected())) {
        return next.transport();
      }
      close(next.transport());
    }
    Transport transport = session.getTransport("smtp");
    transport.connect(
        settings.host(),
        settings.port(),
        settings.username().isEmpty() ? null : settings.username(),
        settings.username().isEmpty() ? null : settings.password());
    return transport;
  }

  /** Keeps a connection whose last mail was answered. */
  void giveBack(Transport transport) {
    resting.addFirst(new Resting(transport, System.nanoTime()));
  }

  /** Ends a connection whose state is not known. */
  void close(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      log.debug("closing a connection to the mail server failed: {}", e.getClass().getSimpleName());
    }
  }

  @PreDestroy
  void closeAll() {
    for (Resting next = resting.pollFirst(); next != null; next = resting.pollFirst()) {
      close(next.transport());
    }
  }

  private static Properties properties(SmtpSettings settings) {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.connectiontimeout", Integer.toString(CONNECT_TIMEOUT_MILLIS));
    properties.setProperty("mail.smtp.timeout", Integer.toString(READ_TIMEOUT_MILLIS));
    properties.setProperty("mail.smtp.writetimeout", Integer.toString(WRITE_TIMEOUT_MILLIS));
    properties.setProperty("mail.smtp.auth", Boolean.toString(!settings.username().isEmpty()));
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(settings.startTls()));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(settings.startTls()));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    // Our name in EHLO; else the library asks DNS for it, which can take seconds.
    properties.setProperty("mail.smtp.localhost", settings.domain());
    // QUIT is sent without waiting for its answer.
    properties.setProperty("mail.smtp.quitwait", "false");
    return properties;
  }
}
