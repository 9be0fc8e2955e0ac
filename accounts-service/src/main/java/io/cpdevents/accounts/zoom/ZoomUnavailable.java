package io.cpdevents.accounts.zoom;

import org.jspecify.annotations.Nullable;

/** Zoom could not be asked, or its answer was lost: the outcome is not known. */
final class ZoomUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ZoomUnavailable(String operation, @Nullable Throwable cause) {
    super("Zoom did not answer " + operation, cause);
  }
}
