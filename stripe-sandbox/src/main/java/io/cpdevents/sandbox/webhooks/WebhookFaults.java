package io.cpdevents.sandbox.webhooks;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** The fault of webhooks that is switched on. It is in memory, so a restart ends it. */
@Component
public class WebhookFaults {
  /** Longer than the time between the events of one payment. */
  private static final Duration REORDER_DELAY = Duration.ofMillis(1_500);

  private WebhookFault fault = WebhookFault.NONE;
  private int affectedEvents;

  /**
   * How one event is delivered.
   *
   * @param copies how many times it is posted
   * @param dropped whether it is never posted
   */
  record Handling(int copies, Duration delay, boolean dropped) {
    static final Handling NORMAL = new Handling(1, Duration.ZERO, false);
  }

  /** Replaces the fault. */
  public synchronized void set(WebhookFault wanted) {
    fault = wanted;
    affectedEvents = 0;
  }

  public void clear() {
    set(WebhookFault.NONE);
  }

  synchronized WebhookFault active() {
    return fault;
  }

  /** How an event is delivered; the fault counts it. */
  synchronized Handling handlingOf(String type) {
    Integer times = fault.times();
    if (!fault.affects(type) || (times != null && affectedEvents >= times)) {
      return Handling.NORMAL;
    }
    affectedEvents++;
    return new Handling(
        Boolean.TRUE.equals(fault.duplicate()) ? 2 : 1, delay(), Boolean.TRUE.equals(fault.drop()));
  }

  private Duration delay() {
    Long delayMs = fault.delayMs();
    if (!Boolean.TRUE.equals(fault.reorder())) {
      return delayMs == null ? Duration.ZERO : Duration.ofMillis(delayMs);
    }
    boolean isOvertaken = affectedEvents % 2 == 1;
    Duration late = delayMs == null ? REORDER_DELAY : Duration.ofMillis(delayMs);
    return isOvertaken ? late : Duration.ZERO;
  }
}
