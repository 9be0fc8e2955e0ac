package io.cpdevents.accounts.zoom;

import org.jspecify.annotations.Nullable;

/** No token counts now, so nothing was asked of Zoom. */
public final class ZoomNotReached extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ZoomNotReached(String reason, @Nullable Throwable cause) {
    super("Zoom was not called: " + reason, cause);
  }
}
