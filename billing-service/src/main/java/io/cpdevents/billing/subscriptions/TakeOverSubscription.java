package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.stripe.StripeSubscription;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What Stripe says about a subscription is taken over together with what it means for the change of
 * plan that is not over.
 */
@Component
class TakeOverSubscription {

  /**
   * An answer of Stripe.
   *
   * @param question its number, taken before Stripe was asked
   * @param isChangeAnswered whether Stripe has answered before that to the request for the change
   */
  record Command(
      UUID organizationId, StripeSubscription told, long question, boolean isChangeAnswered) {}

  private final PlanChanges changes;
  private final InspectPlanChange inspect;
  private final ApplySubscription apply;
  private final TransactionTemplate transaction;

  TakeOverSubscription(
      PlanChanges changes,
      InspectPlanChange inspect,
      ApplySubscription apply,
      TransactionTemplate transaction) {
    this.changes = changes;
    this.inspect = inspect;
    this.apply = apply;
    this.transaction = transaction;
  }

  /**
   * Takes it over, unless the answer to a later question was.
   *
   * @return false when the organization has no subscription, or another one
   */
  boolean handle(Command command) {
    StripeSubscription told = command.told();
    Optional<PlanChange> change =
        changes.live(command.organizationId()).filter(live -> live.isAbout(told));
    SeenPlanChange seen =
        change
            .flatMap(live ->
                inspect.handle(
                    new InspectPlanChange.Command(live, told, command.isChangeAnswered())))
            .orElse(null);
    return Objects.requireNonNull(
        transaction.execute(_ ->
            apply.handle(
                new ApplySubscription.Command(
                    command.organizationId(),
                    told,
                    command.question(),
                    change.orElse(null),
                    seen))));
  }
}
