package io.cpdevents.driver.http;

import io.cpdevents.driver.NotAsExpected;
import java.io.IOException;

/** Nobody answered a request, or not in time. */
public final class NoAnswer extends NotAsExpected {

  private static final long serialVersionUID = 1L;

  private final String reason;

  NoAnswer(String question, IOException cause) {
    super("%s was not answered: %s".formatted(question, cause), cause);
    this.reason = cause.getClass().getSimpleName();
  }

  /** The kind of failure, for counting. */
  public String reason() {
    return reason;
  }
}
