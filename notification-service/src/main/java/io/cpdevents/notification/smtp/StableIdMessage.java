package io.cpdevents.notification.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.util.FastByteArrayOutputStream;

/** A message with a Message-ID of ours, the same in each copy; the library makes a new one. */
final class StableIdMessage extends MimeMessage {

  private static final int BUFFER_BYTES = 8 * 1024;

  private final String messageId;

  StableIdMessage(Session session, String messageId) {
    super(session);
    this.messageId = messageId;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }

  /**
   * Whole, because the library writes byte by byte, and each byte would pass the connection's lock.
   */
  @Override
  public void writeTo(OutputStream connection, String[] ignoredHeaders)
      throws IOException, MessagingException {
    FastByteArrayOutputStream whole = new FastByteArrayOutputStream(BUFFER_BYTES);
    super.writeTo(whole, ignoredHeaders);
    whole.writeTo(connection);
  }
}
