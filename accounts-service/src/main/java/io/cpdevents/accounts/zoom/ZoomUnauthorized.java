package io.cpdevents.accounts.zoom;

/** Zoom does not take an access token, though it should not have expired. */
public final class ZoomUnauthorized extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** By an answer of Zoom's, which is not repeated here because it may name people. */
  public ZoomUnauthorized() {
    super("Zoom does not take the access token");
  }
}
