package io.cpdevents.billing.paymentmethods;

import io.cpdevents.contracts.billing.SubscriptionEvent.CardExpiryNear;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * People are told 30, 7 and 1 days before the card that pays expires; when it has, the next valid
 * one takes its place. Stripe has no event for that.
 */
@Component
public class FollowCardExpiry {

  private static final Logger log = LoggerFactory.getLogger(FollowCardExpiry.class);
  private static final int MAX_BATCH_ROWS = 20;
  private static final Duration RETRY_TIME = Duration.ofMinutes(5);

  private final PaymentMethods methods;
  private final PlansToPay plans;
  private final SettlePaymentMethod settle;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final Clock clock;

  FollowCardExpiry(
      PaymentMethods methods,
      PlansToPay plans,
      SettlePaymentMethod settle,
      Outbox outbox,
      TransactionTemplate transaction,
      Clock clock) {
    this.methods = methods;
    this.plans = plans;
    this.settle = settle;
    this.outbox = outbox;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Follows a batch, each card by itself. Returns how many it had. */
  public int handle() {
    List<PaymentMethods.Due> due = methods.due(clock.instant(), MAX_BATCH_ROWS);
    for (PaymentMethods.Due card : due) {
      if (card.method().isExpired(clock.instant())) {
        replace(card);
      } else {
        transaction.executeWithoutResult(_ -> tell(card));
      }
    }
    return due.size();
  }

  private void tell(PaymentMethods.Due card) {
    Instant now = clock.instant();
    PaymentMethod method = card.method();
    boolean pays =
        methods.moveNotice(card, method.nextNotice(now).orElse(null)).orElse(false)
            && plans.has(card.organizationId());
    Optional<Integer> daysBefore = method.daysBefore(now).filter(_ -> pays);
    daysBefore.ifPresent(days ->
        outbox.append(
            new CardExpiryNear(
                card.organizationId(),
                method.id(),
                method.brand(),
                method.last4(),
                days,
                method.end())));
  }

  /** Tried again later, until Stripe has answered. */
  private void replace(PaymentMethods.Due card) {
    Instant later = clock.instant().plus(RETRY_TIME);
    if (methods.moveNotice(card, later).isEmpty()) {
      return;
    }
    try {
      settle.handle(card.method().id());
    } catch (StripeUnavailable | StripeRefused e) {
      log.warn("{} is replaced later: {}", card.method().id(), e.getMessage());
      return;
    }
    methods.moveNotice(new PaymentMethods.Due(card.organizationId(), card.method(), later), null);
  }
}
