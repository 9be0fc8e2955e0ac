package io.cpdevents.driver;

/** The platform did something else than it should. */
public class NotAsExpected extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a sentence for the person who reads it. */
  public NotAsExpected(String message) {
    super(message);
  }

  /** The same, with what caused it. */
  public NotAsExpected(String message, Throwable cause) {
    super(message, cause);
  }
}
