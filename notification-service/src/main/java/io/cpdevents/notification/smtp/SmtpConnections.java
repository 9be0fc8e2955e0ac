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
 * A pool of connections to the mail server, each used by one mail at a time and kept for the next.
 * As many are open as mails are sent at once; {@link SmtpMailServer} limits that.
 */
@Component
class SmtpConnections {

  private static final Logger log = LoggerFactory.getLogger(SmtpConnections.class);

  private static final int MAX_CONNECT_MILLIS = 2_000;
  private static final int MAX_READ_MILLIS = 10_000;
  private static final int MAX_WRITE_MILLIS = 10_000;

  private static final String STREAM_PROVIDER = "jakarta.mail.util.StreamProvider";

  static {
    // Unless the provider is named, the library looks for it in every jar, several times for each
    // mail.
    if (System.getProperty(STREAM_PROVIDER) == null) {
      System.setProperty(STREAM_PROVIDER, "org.eclipse.angus.mail.util.MailStreamProvider");
    }
  }

  /** The server may have closed a connection that was idle for longer: it is asked first (NOOP). */
  private static final long MAX_TRUSTED_IDLE_NANOS = 1_000_000_000L;

  /** Servers close a connection that is idle for minutes; we do it before. */
  private static final long MAX_IDLE_NANOS = 30_000_000_000L;

  private record Idle(Transport transport, long sinceNanos) {}

  private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
  private final SmtpSettings settings;
  private final Session session;

  SmtpConnections(SmtpSettings settings) {
    this.settings = settings;
    this.session = Session.getInstance(properties(settings));
  }

  Session session() {
    return session;
  }

  /** A connection that works as far as we know; the caller gives it back or closes it. */
  Transport take() throws MessagingException {
    for (Idle next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
      long idleNanos = System.nanoTime() - next.sinceNanos();
      if (idleNanos < MAX_TRUSTED_IDLE_NANOS
          || (idleNanos < MAX_IDLE_NANOS && next.transport().isConnected())) {
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
    idle.addFirst(new Idle(transport, System.nanoTime()));
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
    for (Idle next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
      close(next.transport());
    }
  }

  private static Properties properties(SmtpSettings settings) {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.connectiontimeout", Integer.toString(MAX_CONNECT_MILLIS));
    properties.setProperty("mail.smtp.timeout", Integer.toString(MAX_READ_MILLIS));
    properties.setProperty("mail.smtp.writetimeout", Integer.toString(MAX_WRITE_MILLIS));
    properties.setProperty("mail.smtp.auth", Boolean.toString(!settings.username().isEmpty()));
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(settings.startTls()));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(settings.startTls()));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    // Our name in EHLO. Without it the library asks DNS, which can take seconds.
    properties.setProperty("mail.smtp.localhost", settings.domain());
    // QUIT is sent without waiting for its answer.
    properties.setProperty("mail.smtp.quitwait", "false");
    return properties;
  }
}
