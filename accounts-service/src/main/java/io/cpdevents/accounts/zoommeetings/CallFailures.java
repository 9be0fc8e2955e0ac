package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.accounts.zoom.ZoomNotReached;
import io.cpdevents.accounts.zoommeetings.ZoomCallFailed.Kind;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.jobs.BackOff;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClientException;

/** How long a call that has failed is put off, and whether others of its organization are, too. */
final class CallFailures {

  private static final BackOff RETRIES = new BackOff(Duration.ofSeconds(30), Duration.ofHours(6));

  private CallFailures() {}

  /** Whether it is one of those that are tried again later; everything else is a bug. */
  static boolean isExpected(RuntimeException failure) {
    return failure instanceof ZoomCallFailed
        || failure instanceof ZoomNotReached
        || failure instanceof RestClientException
        || failure instanceof CallNotPermittedException;
  }

  /**
   * How long to wait.
   *
   * @param failures so far, this one included
   */
  static Duration waitAfter(RuntimeException failure, int failures) {
    Duration said = failure instanceof ZoomCallFailed call ? call.retryAfter() : null;
    return said == null ? RETRIES.after(failures) : said;
  }

  /** What the organization is told of it; null when Zoom was not asked. */
  static @Nullable String reason(RuntimeException failure) {
    return failure instanceof ZoomCallFailed call ? ContractsJson.kebabCase(call.kind()) : null;
  }

  /** Whether the next call for the organization would most likely fail as well. */
  static boolean concernsOthers(RuntimeException failure) {
    return !(failure instanceof ZoomCallFailed call)
        || call.kind() == Kind.LIMITED
        || call.kind() == Kind.UNAVAILABLE;
  }
}
