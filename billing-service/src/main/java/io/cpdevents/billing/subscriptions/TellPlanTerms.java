package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.plans.Plan;
import io.cpdevents.billing.plans.PlanQueries;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * When a plan's limits change, or the day of another fee rule comes, every organization on it is
 * told what it is entitled to now.
 */
@Component
public class TellPlanTerms {

  private static final int MAX_BATCH_ROWS = 100;

  private final PlanQueries plans;
  private final Subscriptions subscriptions;
  private final SaveSubscription save;
  private final TransactionTemplate transaction;
  private final Clock clock;

  TellPlanTerms(
      PlanQueries plans,
      Subscriptions subscriptions,
      SaveSubscription save,
      TransactionTemplate transaction,
      Clock clock) {
    this.plans = plans;
    this.subscriptions = subscriptions;
    this.save = save;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Tells a batch for each plan, each in its own transaction. Returns how many it had. */
  public int handle() {
    return plans.all().stream().mapToInt(this::tellAll).sum();
  }

  private int tellAll(Plan plan) {
    var others = subscriptions.toldOtherThan(plan, MAX_BATCH_ROWS);
    others.forEach(organization ->
        transaction.executeWithoutResult(_ -> {
          if (subscriptions.lockToldOtherThan(plan, organization)) {
            save.toldAnew(organization, clock.instant());
          }
        }));
    return others.size();
  }
}
