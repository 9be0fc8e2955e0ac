package io.cpdevents.billing.webhooks;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import io.cpdevents.platform.time.SystemTime;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An operator lets an event be applied again that could not be applied. */
@Component
public class ReplayStripeEvent {

  private final StripeEvents events;
  private final StripeEventWorker worker;
  private final AuditTrail audit;
  private final SystemTime systemTime;

  ReplayStripeEvent(
      StripeEvents events, StripeEventWorker worker, AuditTrail audit, SystemTime systemTime) {
    this.events = events;
    this.worker = worker;
    this.audit = audit;
    this.systemTime = systemTime;
  }

  /**
   * Replays a parked event.
   *
   * @throws RuleViolation 404 {@code stripe-event-not-found} when it is not parked
   */
  @Transactional
  public void handle(String id) {
    StripeEventStatus parked =
        events.lockParked(id).orElseThrow(BillingProblem.STRIPE_EVENT_NOT_FOUND::violation);
    switch (parked.on(StripeEventTrigger.REPLAYED)) {
      case Changed<StripeEventStatus>(StripeEventStatus to, _) -> {
        events.replay(id, to, systemTime.now());
        audit.record(
            "stripe-event.replayed",
            "stripe-event",
            id,
            null,
            new Change(
                Map.of("status", ContractsJson.kebabCase(parked)),
                Map.of("status", ContractsJson.kebabCase(to))));
        worker.wake();
      }
      case Ignored<StripeEventStatus> _ -> throw BillingProblem.STRIPE_EVENT_NOT_FOUND.violation();
    }
  }
}
