package io.cpdevents.notification.smtp;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the mail server is, and as whom we send.
 *
 * @param username empty: no log-in
 * @param startTls whether the connection must be encrypted: without it nothing is sent
 * @param from the address that mails come from; its domain is the right side of every Message-ID
 * @param fromName the name beside it
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

  /** The part of {@link #from} behind the at sign. */
  public String domain() {
    return from.substring(from.lastIndexOf('@') + 1);
  }

  @Override
  public String toString() {
    return "SmtpSettings[%s:%d, from %s]".formatted(host, port, from);
  }
}
