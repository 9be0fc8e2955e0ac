package io.cpdevents.local;

/** Something the person at the terminal can mend; the message says how. */
public final class LocalFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The whole message for the person, without a stack trace. */
  public LocalFailure(String message) {
    super(message);
  }
}
