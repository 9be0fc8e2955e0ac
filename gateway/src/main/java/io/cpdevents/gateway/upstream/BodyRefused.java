package io.cpdevents.gateway.upstream;

import io.cpdevents.gateway.problem.Refusal;
import java.io.IOException;

/** Reading the caller's body was stopped: it is too large, or the caller went away. */
public final class BodyRefused extends IOException {

  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  /** Carries the refusal through code that knows only I/O failures. */
  public BodyRefused(Refusal refusal) {
    super(refusal.code());
    this.refusal = refusal;
  }

  /** What the caller is told. */
  public Refusal refusal() {
    return refusal;
  }
}
