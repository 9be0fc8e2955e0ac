package io.cpdevents.sandbox.webhooks;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** The fault of webhooks that is switched on, in memory: a restart ends it. */
@Component
public class WebhookFaults {
  /** Longer than the events of one payment are apart. */
  private static final Duration HELD_BACK = Duration.ofMillis(1_500);

  private WebhookFault fault = WebhookFault.NONE;
  private int struck;

  /**
   * How one event is delivered.
   *
   * @param copies how many posts of it
   * @param dropped whether it is never posted
   */
  record Handling(int copies, Duration delay, boolean dropped) {
    static final Handling NORMAL = new Handling(1, Duration.ZERO, false);
  }

  /** Replaces the fault. */
  public synchronized void set(WebhookFault wanted) {
    fault = wanted;
    struck = 0;
  }

  public void clear() {
    set(WebhookFault.NONE);
  }

  synchronized WebhookFault active() {
    return fault;
  }

  /** Counts an event and says what happens to it. */
  synchronized Handling strike(String type) {
    Integer times = fault.times();
    if (!fault.concerns(type) || (times != null && struck >= times)) {
      return Handling.NORMAL;
    }
    struck++;
    Long delayMs = fault.delayMs();
    Duration delay = delayMs == null ? Duration.ZERO : Duration.ofMillis(delayMs);
    if (Boolean.TRUE.equals(fault.reorder()) && struck % 2 == 1) {
      delay = delay.plus(HELD_BACK);
    }
    return new Handling(
        Boolean.TRUE.equals(fault.duplicate()) ? 2 : 1, delay, Boolean.TRUE.equals(fault.drop()));
  }
}
