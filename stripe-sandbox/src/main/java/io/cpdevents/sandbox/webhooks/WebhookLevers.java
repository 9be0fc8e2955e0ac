package io.cpdevents.sandbox.webhooks;

import io.cpdevents.sandbox.api.StripeRefusal;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Switches faults of webhooks on and off, and delivers events again. */
@RestController
@RequestMapping("/_sandbox")
class WebhookLevers {
  private final WebhookFaults faults;
  private final Deliveries deliveries;
  private final TransactionTemplate transaction;

  WebhookLevers(WebhookFaults faults, Deliveries deliveries, TransactionTemplate transaction) {
    this.faults = faults;
    this.deliveries = deliveries;
    this.transaction = transaction;
  }

  /** Body of {@code POST webhooks/redeliver}: either of the two. */
  record Redelivery(@Nullable String eventId, @Nullable Long since) {}

  /** How many events are delivered again. */
  record Redelivered(int events) {}

  /** How many events are to be posted, or posted again. */
  record Pending(long events) {}

  /** Cheap, unlike the state of everything: whoever waits for it asks again and again. */
  @GetMapping("/webhooks/pending")
  Pending pending() {
    return new Pending(deliveries.pending());
  }

  /** Replaces the fault; {@code {}} ends it. */
  @PutMapping("/webhook-faults")
  WebhookFault set(@RequestBody WebhookFault fault) {
    faults.set(fault);
    return faults.active();
  }

  @PostMapping("/webhooks/redeliver")
  Redelivered redeliver(@RequestBody Redelivery redelivery) {
    String eventId = redelivery.eventId();
    Long since = redelivery.since();
    Integer events =
        transaction.execute(_ -> {
          if (eventId != null) {
            return deliveries.redeliver(eventId);
          }
          if (since != null) {
            return deliveries.redeliverSince(since);
          }
          throw StripeRefusal.missing("eventId");
        });
    if (eventId != null && (events == null || events == 0)) {
      throw StripeRefusal.noSuch("event", eventId, "eventId");
    }
    return new Redelivered(events == null ? 0 : events);
  }
}
