package io.cpdevents.accounts.zoom;

/** Zoom has refused for good: the code or token does not count. */
final class ZoomRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ZoomRefused(String operation, Throwable cause) {
    super("Zoom refused " + operation, cause);
  }
}
