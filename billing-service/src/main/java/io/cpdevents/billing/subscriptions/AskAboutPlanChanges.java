package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.settlements.SettleUnknown;
import io.cpdevents.billing.settlements.SettlementKind;
import io.cpdevents.billing.settlements.StripeLookup;
import io.cpdevents.billing.settlements.TrySettleUnknown;
import io.cpdevents.platform.jobs.BackOff;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Has Stripe do changes of plan that were requested and not answered, and asks it about those that
 * should be over, so that none waits forever for an answer or a webhook that was lost.
 */
@Component
public class AskAboutPlanChanges implements StripeLookup {

  private static final BackOff INTERVALS = new BackOff(Duration.ofSeconds(45), Duration.ofHours(1));
  private static final int MAX_BATCH_ROWS = 20;

  private final PlanChanges changes;
  private final PerformPlanChange perform;
  private final TrySettleUnknown trySettleUnknown;
  private final Clock clock;

  AskAboutPlanChanges(
      PlanChanges changes,
      PerformPlanChange perform,
      TrySettleUnknown trySettleUnknown,
      Clock clock) {
    this.changes = changes;
    this.perform = perform;
    this.trySettleUnknown = trySettleUnknown;
    this.clock = clock;
  }

  /** Asks about a batch; returns its size. */
  public int handle() {
    List<PlanChanges.Due> due = changes.toCheck(clock.instant(), MAX_BATCH_ROWS);
    for (PlanChanges.Due change : due) {
      changes.checkAgain(change.id(), clock.instant().plus(INTERVALS.after(change.checks() + 1)));
      String id = change.id().toString();
      trySettleUnknown.handle(new SettleUnknown.Command(kind(), id, () -> ask(id)));
    }
    return due.size();
  }

  @Override
  public SettlementKind kind() {
    return SettlementKind.PLAN_CHANGE;
  }

  @Override
  public void ask(String changeId) {
    perform.handle(UUID.fromString(changeId));
  }
}
