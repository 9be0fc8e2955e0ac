package io.cpdevents.sandbox.api;

import io.cpdevents.sandbox.SandboxSettings;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * Stripe's rate limit, per second of the machine's time, when it is switched on. What callers have
 * asked is counted in any case.
 */
@Component
public class RequestLimit {

  /**
   * What was asked of the API since the start, or since it was forgotten.
   *
   * @param mostInASecond in the busiest second
   */
  public record Counted(long requests, int mostInASecond) {}

  private final Clock machine;
  private final int requestsPerSecond;
  private long second;
  private int requests;
  private Counted counted = new Counted(0, 0);

  RequestLimit(SandboxSettings settings, Clock machine) {
    this.machine = machine;
    this.requestsPerSecond = settings.requestsPerSecond();
  }

  /** Counts a request, and refuses it when the limit of this second is reached. */
  synchronized void count() {
    long now = machine.instant().getEpochSecond();
    if (now != second) {
      second = now;
      requests = 0;
    }
    requests++;
    counted = new Counted(counted.requests() + 1, Math.max(counted.mostInASecond(), requests));
    if (requestsPerSecond > 0 && requests > requestsPerSecond) {
      throw StripeRefusal.rateLimited();
    }
  }

  /** How much was asked. */
  public synchronized Counted counted() {
    return counted;
  }

  /** Counts from nothing. */
  public synchronized void forget() {
    counted = new Counted(0, 0);
  }
}
