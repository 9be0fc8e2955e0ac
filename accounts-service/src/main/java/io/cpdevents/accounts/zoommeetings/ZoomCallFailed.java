package io.cpdevents.accounts.zoommeetings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Zoom has refused a call, or has not answered. What it has answered is not repeated here: it may
 * name people, and this is logged.
 */
final class ZoomCallFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is to be made of it. */
  enum Kind {
    /** Zoom does not know the meeting. */
    MEETING_MISSING,
    /** Zoom knows the meeting, and not what was asked of it. */
    OBJECT_MISSING,
    /** It was asked too often. */
    LIMITED,
    /** It says no to this. */
    REFUSED,
    /** The outcome is not known. */
    UNAVAILABLE
  }

  private final Kind kind;
  private final @Nullable Duration retryAfter;

  ZoomCallFailed(Kind kind, String description, @Nullable Duration retryAfter) {
    super(description);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  Kind kind() {
    return kind;
  }

  /** How long Zoom wants not to be asked again; null when it does not say. */
  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
