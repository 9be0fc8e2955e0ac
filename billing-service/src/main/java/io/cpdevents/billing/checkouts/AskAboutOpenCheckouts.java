package io.cpdevents.billing.checkouts;

import io.cpdevents.billing.settlements.SettleUnknown;
import io.cpdevents.billing.settlements.SettlementKind;
import io.cpdevents.billing.settlements.StripeLookup;
import io.cpdevents.billing.settlements.TrySettleUnknown;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.platform.jobs.BackOff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks Stripe about payment pages that are still open, and has it close those whose time is over,
 * so that a payment on one of them is found also when its webhook was lost.
 */
@Component
public class AskAboutOpenCheckouts implements StripeLookup {

  /**
   * Stripe's webhook usually comes within seconds; when it does not, we ask at growing intervals.
   */
  static final BackOff INTERVALS = new BackOff(Duration.ofSeconds(45), Duration.ofMinutes(30));

  private static final int MAX_BATCH_ROWS = 20;

  private final Checkouts checkouts;
  private final SettleCheckoutSession settleCheckoutSession;
  private final TrySettleUnknown trySettleUnknown;
  private final StripeApi stripe;
  private final TransactionTemplate transaction;
  private final Clock clock;

  AskAboutOpenCheckouts(
      Checkouts checkouts,
      SettleCheckoutSession settleCheckoutSession,
      TrySettleUnknown trySettleUnknown,
      StripeApi stripe,
      TransactionTemplate transaction,
      Clock clock) {
    this.checkouts = checkouts;
    this.settleCheckoutSession = settleCheckoutSession;
    this.trySettleUnknown = trySettleUnknown;
    this.stripe = stripe;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Asks about a batch; returns its size. */
  public int handle() {
    List<Checkouts.Due> due = checkouts.due(clock.instant(), MAX_BATCH_ROWS);
    for (Checkouts.Due checkout : due) {
      checkouts.checkAgain(
          checkout.id(), clock.instant().plus(INTERVALS.after(checkout.checks() + 1)));
      trySettleUnknown.handle(
          new SettleUnknown.Command(
              kind(),
              checkout.id().toString(),
              () -> settle(checkout.sessionId(), checkout.expiresAt())));
    }
    return due.size();
  }

  @Override
  public SettlementKind kind() {
    return SettlementKind.CHECKOUT;
  }

  /**
   * A checkout that Stripe has not answered yet has no session to ask about: the request is
   * repeated with its key, or given up.
   */
  @Override
  public void ask(String checkoutId) {
    Checkout checkout =
        Objects.requireNonNull(
            transaction.execute(_ -> checkouts.lock(UUID.fromString(checkoutId))));
    settle(checkout.progress().sessionId(), checkout.expiresAt());
  }

  private void settle(@Nullable String sessionId, Instant expiresAt) {
    if (sessionId == null) {
      return;
    }
    if (clock.instant().isAfter(expiresAt)) {
      settleCheckoutSession.apply(stripe.expireCheckoutSession(sessionId));
    } else {
      settleCheckoutSession.handle(sessionId);
    }
  }
}
