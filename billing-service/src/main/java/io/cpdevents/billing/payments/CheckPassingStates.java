package io.cpdevents.billing.payments;

import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeRefused;
import io.cpdevents.billing.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks Stripe about what should have been over: pages that stay open and charges that are not
 * booked. So nothing gets stuck when Stripe's message is lost.
 */
@Component
public class CheckPassingStates {

  /** When a passing state is looked at first; then at twice the distance each time. */
  static final Duration FIRST_CHECK = Duration.ofSeconds(45);

  /** How often the outcome of a slow bank is asked for. */
  static final Duration PROCESSING_CHECK = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(CheckPassingStates.class);
  private static final Duration MAX_INTERVAL = Duration.ofMinutes(30);
  private static final int MAX_DOUBLINGS = 10;
  private static final int BATCH_ROWS = 20;

  private final Payments payments;
  private final Checkouts checkouts;
  private final Charges charges;
  private final SettleCheckoutSession settleCheckoutSession;
  private final SettlePaymentIntent settlePaymentIntent;
  private final StripeApi stripe;
  private final Clock clock;

  CheckPassingStates(
      Payments payments,
      Checkouts checkouts,
      Charges charges,
      SettleCheckoutSession settleCheckoutSession,
      SettlePaymentIntent settlePaymentIntent,
      StripeApi stripe,
      Clock clock) {
    this.payments = payments;
    this.checkouts = checkouts;
    this.charges = charges;
    this.settleCheckoutSession = settleCheckoutSession;
    this.settlePaymentIntent = settlePaymentIntent;
    this.stripe = stripe;
    this.clock = clock;
  }

  /** Looks at pages that are still open. Returns how many. */
  public int checkCheckouts() {
    List<Checkout> due = checkouts.due(clock.instant(), BATCH_ROWS);
    for (Checkout checkout : due) {
      checkouts.checkAgain(checkout.id(), clock.instant().plus(distance(checkout.checks())));
      String sessionId = checkout.sessionId();
      if (sessionId != null) {
        attempt("checkout " + checkout.id(), () -> look(checkout, sessionId));
      }
    }
    return due.size();
  }

  /** Looks at charges that Stripe has not booked yet, as far as we know. Returns how many. */
  public int checkCharges() {
    List<Charges.Unsettled> due = charges.due(clock.instant(), BATCH_ROWS);
    for (Charges.Unsettled charge : due) {
      charges.checkAgain(charge.id(), clock.instant().plus(distance(charge.checks())));
      attempt("charge " + charge.id(), () -> settlePaymentIntent.handle(charge.paymentIntentId()));
    }
    return due.size();
  }

  /** Looks at payments that the bank takes its time with. Returns how many. */
  public int checkProcessing() {
    Instant now = clock.instant();
    List<String> due = payments.dueIntents(now, now.plus(PROCESSING_CHECK), BATCH_ROWS);
    for (String paymentIntentId : due) {
      attempt(paymentIntentId, () -> settlePaymentIntent.handle(paymentIntentId));
    }
    return due.size();
  }

  private void look(Checkout checkout, String sessionId) {
    if (clock.instant().isAfter(checkout.expiresAt())) {
      settleCheckoutSession.apply(stripe.expireCheckoutSession(sessionId));
    } else {
      settleCheckoutSession.handle(sessionId);
    }
  }

  /** One that cannot be asked about now does not keep the others waiting. */
  private static void attempt(String what, Runnable check) {
    try {
      check.run();
    } catch (StripeUnavailable | StripeRefused e) {
      LOG.warn("Could not ask about {}: {}", what, e.getMessage());
    }
  }

  private static Duration distance(int checks) {
    Duration doubled = FIRST_CHECK.multipliedBy(1L << Math.min(checks, MAX_DOUBLINGS));
    return doubled.compareTo(MAX_INTERVAL) < 0 ? doubled : MAX_INTERVAL;
  }
}
