package io.cpdevents.notification.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

/** A message whose Message-ID is chosen by us; the library's own would differ with each copy. */
final class StableIdMessage extends MimeMessage {

  private final String messageId;

  StableIdMessage(Session session, String messageId) {
    super(session);
    this.messageId = messageId;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }
}
