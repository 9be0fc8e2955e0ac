package io.cpdevents.platform.messaging;

/** A message that no retry can make readable. */
final class UnreadableMessage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableMessage(String message) {
    super(message);
  }
}
