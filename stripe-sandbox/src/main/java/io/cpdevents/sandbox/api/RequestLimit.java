package io.cpdevents.sandbox.api;

import io.cpdevents.sandbox.SandboxSettings;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Stripe's rate limit, per second of the machine's time, when it is switched on. */
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

  /** Counts a request, and refuses it when the limit of this second is reached. */
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
