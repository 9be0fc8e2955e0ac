package io.cpdevents.platform.observability;

import java.util.Map;
import org.slf4j.MDC;

/** Puts ids on every log line of the current thread, until this is closed. */
public final class LogContext implements AutoCloseable {

  private final Map<String, String> ids;

  private LogContext(Map<String, String> ids) {
    this.ids = ids;
  }

  /** Adds the ids to the log lines of this thread. */
  public static LogContext with(Map<String, String> ids) {
    ids.forEach(MDC::put);
    return new LogContext(ids);
  }

  @Override
  public void close() {
    ids.keySet().forEach(MDC::remove);
  }
}
