package io.cpdevents.billing.charges;

import io.cpdevents.billing.settlements.SettleUnknown;
import io.cpdevents.billing.settlements.SettlementKind;
import io.cpdevents.billing.settlements.StripeLookup;
import io.cpdevents.billing.settlements.TrySettleUnknown;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.platform.jobs.BackOff;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Stripe is asked about charges whose balance transaction we have not seen, so that none waits for
 * ever for a message that was lost.
 */
@Component
public class AskAboutUnsettledCharges implements StripeLookup {

  /** Stripe's message comes within seconds; when it does not, it is asked less and less often. */
  static final BackOff INTERVALS = new BackOff(Duration.ofSeconds(45), Duration.ofMinutes(30));

  private static final int MAX_BATCH_ROWS = 20;

  private final Charges charges;
  private final SettlePaymentIntent settlePaymentIntent;
  private final TrySettleUnknown trySettleUnknown;
  private final StripeApi stripe;
  private final Clock clock;

  AskAboutUnsettledCharges(
      Charges charges,
      SettlePaymentIntent settlePaymentIntent,
      TrySettleUnknown trySettleUnknown,
      StripeApi stripe,
      Clock clock) {
    this.charges = charges;
    this.settlePaymentIntent = settlePaymentIntent;
    this.trySettleUnknown = trySettleUnknown;
    this.stripe = stripe;
    this.clock = clock;
  }

  /** Asks about a batch. Returns how many it had. */
  public int handle() {
    List<Charges.Unsettled> due = charges.due(clock.instant(), MAX_BATCH_ROWS);
    for (Charges.Unsettled charge : due) {
      charges.checkAgain(charge.id(), clock.instant().plus(INTERVALS.after(charge.checks() + 1)));
      trySettleUnknown.handle(
          new SettleUnknown.Command(
              kind(), charge.id(), () -> settlePaymentIntent.handle(charge.paymentIntentId())));
    }
    return due.size();
  }

  @Override
  public SettlementKind kind() {
    return SettlementKind.CHARGE;
  }

  @Override
  public void ask(String chargeId) {
    String paymentIntentId = stripe.paymentIntentOfCharge(chargeId);
    if (paymentIntentId != null) {
      settlePaymentIntent.handle(paymentIntentId);
    }
  }
}
