package io.cpdevents.notification.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

/** A message with a Message-ID of ours, the same in each copy; the library makes a new one. */
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
