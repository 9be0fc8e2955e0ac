package io.cpdevents.local.demo;

import io.cpdevents.local.LocalOptions;
import java.io.PrintStream;

/** TODO. */
public final class MainJob {
  private final LocalOptions options;

  /** x. */
  public MainJob(LocalOptions options) {
    this.options = options;
  }

  /** x. */
  public boolean run(PrintStream out) {
    out.println(options.home());
    return true;
  }
}
