package io.cpdevents.platform.error;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Makes refusals seen that an attacker would cause: callers nobody knows, roles that are missing,
 * bearers and signatures that are wrong. Each is counted by its code, and logged with what is known
 * of the caller but no secret; of a flood only the first lines of each second are.
 */
public final class SecurityEvents {

  /** The logger by which they are found, whatever the service. */
  private static final Logger log = LoggerFactory.getLogger("io.cpdevents.security");

  private static final int MAX_LINES_PER_SECOND = 20;
  private static final String UNKNOWN = "-";

  private final MeterRegistry meters;
  private final AtomicLong second = new AtomicLong();
  private final AtomicInteger linesOfSecond = new AtomicInteger();

  /** One for a service. */
  public SecurityEvents(MeterRegistry meters) {
    this.meters = meters;
    // There before anything happens, so that the first one is an increase.
    for (CommonProblem problem : CommonProblem.values()) {
      if (problem.isSecurityEvent()) {
        counter(problem);
      }
    }
  }

  /** Tells of a refusal by this code, if that is of interest for security. */
  public void refused(ProblemCode code, HttpServletRequest request) {
    if (!code.isSecurityEvent()) {
      return;
    }
    counter(code).increment();
    if (mayLog()) {
      log.atWarn()
          .addKeyValue("event", "refused")
          .addKeyValue("code", code.code())
          .addKeyValue("method", request.getMethod())
          .addKeyValue("endpoint", endpoint(request))
          .addKeyValue("address", request.getRemoteAddr())
          .addKeyValue("accountId", accountId())
          .log("A request is refused: {}", code.code());
    }
  }

  private Counter counter(ProblemCode code) {
    return Counter.builder("cpd.security.refusals")
        .tag("code", code.code())
        .description("Requests that were refused for reasons of security")
        .register(meters);
  }

  private boolean mayLog() {
    long now = System.nanoTime() / 1_000_000_000L;
    if (second.getAndSet(now) != now) {
      linesOfSecond.set(0);
    }
    return linesOfSecond.incrementAndGet() <= MAX_LINES_PER_SECOND;
  }

  /** The endpoint's pattern: a path may hold a token. */
  private static String endpoint(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern == null ? UNKNOWN : pattern.toString();
  }

  private static String accountId() {
    Authentication caller = SecurityContextHolder.getContext().getAuthentication();
    return caller == null ? UNKNOWN : caller.getName();
  }
}
