package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.paymentmethods.PaymentMethodQueries;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEndNear;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** People are told that a trial ends, three days and one day before. */
@Component
public class TellTrialEnds {

  private static final int MAX_BATCH_ROWS = 20;

  private final Subscriptions subscriptions;
  private final PaymentMethodQueries paymentMethods;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final Clock clock;

  TellTrialEnds(
      Subscriptions subscriptions,
      PaymentMethodQueries paymentMethods,
      Outbox outbox,
      TransactionTemplate transaction,
      Clock clock) {
    this.subscriptions = subscriptions;
    this.paymentMethods = paymentMethods;
    this.outbox = outbox;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Tells a batch, each in its own transaction. Returns how many it had. */
  public int handle() {
    List<UUID> due = subscriptions.toNotify(clock.instant(), MAX_BATCH_ROWS);
    due.forEach(organization -> transaction.executeWithoutResult(_ -> tell(organization)));
    return due.size();
  }

  private void tell(UUID organizationId) {
    Subscription subscription = subscriptions.lock(organizationId).orElseThrow();
    if (subscription.status() != SubscriptionStatus.TRIALING) {
      return;
    }
    Trial trial = subscription.requiredTrial();
    Trial.Notice notice = trial.notice(clock.instant());
    subscriptions.update(subscription.withTrial(notice.after()));
    notice
        .daysBefore()
        .ifPresent(days ->
            outbox.append(
                new TrialEndNear(
                    organizationId,
                    trial.planId(),
                    days,
                    trial.endsAt(),
                    subscriptions.renews(organizationId)
                        && paymentMethods.canPay(organizationId))));
  }
}
