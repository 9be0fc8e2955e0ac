package io.cpdevents.notification.smtp;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The mail server's address and the sender of our mails.
 *
 * @param username empty: the server is used without logging in
 * @param startTls whether STARTTLS is required: if the server does not offer it, nothing is sent
 * @param from the sender's address; its domain is also the domain of every Message-ID
 * @param fromName the sender's display name
 */
@ConfigurationProperties("cpd.smtp")
public record SmtpSettings(
    String host,
    int port,
    String username,
    String password,
    boolean startTls,
    String from,
    String fromName) {

  /** Refuses an address without a domain. */
  public SmtpSettings {
    if (from.indexOf('@') < 1 || from.endsWith("@")) {
      throw new IllegalArgumentException("cpd.smtp.from is not an address");
    }
  }

  /** The part of {@link #from} after the at sign. */
  public String domain() {
    return from.substring(from.lastIndexOf('@') + 1);
  }

  @Override
  public String toString() {
    return "SmtpSettings[%s:%d, from %s]".formatted(host, port, from);
  }
}
