package io.cpdevents.platform.messaging;

/** A message that cannot be read, so that a retry is useless. */
final class UnreadableMessage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableMessage(String message) {
    super(message);
  }
}
