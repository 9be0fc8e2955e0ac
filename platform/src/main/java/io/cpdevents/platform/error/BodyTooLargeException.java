package io.cpdevents.platform.error;

import java.io.IOException;

/** The request body is larger than the limit: 413 {@code body-too-large}. */
public final class BodyTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  /** For a limit in bytes. */
  public BodyTooLargeException(long limitBytes) {
    super("The body is larger than " + limitBytes + " bytes.");
  }
}
