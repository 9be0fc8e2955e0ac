package io.cpdevents.billing.checkouts;

import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.platform.jobs.BackOff;
import io.cpdevents.platform.stripe.StripeInquiries;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Stripe is asked about pages that are still open, and closes those whose time is over, so that a
 * payment on one of them is found also when Stripe's message was lost.
 */
@Component
public class AskAboutOpenCheckouts {

  /** Stripe's message comes within seconds; when it does not, it is asked less and less often. */
  static final BackOff INTERVALS = new BackOff(Duration.ofSeconds(45), Duration.ofMinutes(30));

  private static final int MAX_BATCH_ROWS = 20;

  private final Checkouts checkouts;
  private final SettleCheckoutSession settleCheckoutSession;
  private final StripeApi stripe;
  private final Clock clock;

  AskAboutOpenCheckouts(
      Checkouts checkouts,
      SettleCheckoutSession settleCheckoutSession,
      StripeApi stripe,
      Clock clock) {
    this.checkouts = checkouts;
    this.settleCheckoutSession = settleCheckoutSession;
    this.stripe = stripe;
    this.clock = clock;
  }

  /** Asks about a batch. Returns how many it had. */
  public int handle() {
    List<Checkouts.Due> due = checkouts.due(clock.instant(), MAX_BATCH_ROWS);
    for (Checkouts.Due checkout : due) {
      checkouts.checkAgain(
          checkout.id(), clock.instant().plus(INTERVALS.after(checkout.checks() + 1)));
      StripeInquiries.ask("checkout " + checkout.id(), () -> settle(checkout));
    }
    return due.size();
  }

  private void settle(Checkouts.Due checkout) {
    if (clock.instant().isAfter(checkout.expiresAt())) {
      settleCheckoutSession.apply(stripe.expireCheckoutSession(checkout.sessionId()));
    } else {
      settleCheckoutSession.handle(checkout.sessionId());
    }
  }
}
