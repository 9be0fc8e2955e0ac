package io.cpdevents.sandbox.front;

import io.cpdevents.sandbox.SandboxSettings;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Stripe's limit of requests per second of the machine's time, when it is switched on. */
@Component
class RequestLimit {
  private final Clock machine;
  private final int requestsPerSecond;
  private long second;
  private int requests;

  RequestLimit(SandboxSettings settings, Clock machine) {
    this.machine = machine;
    this.requestsPerSecond = settings.requestsPerSecond();
  }

  /** Counts a request; refuses it when the second has had enough. */
  synchronized void count() {
    if (requestsPerSecond <= 0) {
      return;
    }
    long now = machine.instant().getEpochSecond();
    if (now != second) {
      second = now;
      requests = 0;
    }
    requests++;
    if (requests > requestsPerSecond) {
      throw StripeRefusal.rateLimited();
    }
  }
}
