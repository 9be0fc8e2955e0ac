package io.cpdevents.local;

import java.util.Locale;

/** What a component is doing. */
public enum ComponentState {
  /** Not running: not yet started, or stopped on demand. */
  STOPPED,
  /** Its process runs and is not ready yet. */
  STARTING,
  /** Ready. */
  UP,
  /** Its process was suspended (SIGSTOP). */
  SUSPENDED,
  /** Its process ended by itself, was killed, or never became ready. */
  DIED,
  /** Its jar is not there. */
  NOT_BUILT;

  /** As in the control API and in {@code ./cpd status}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
