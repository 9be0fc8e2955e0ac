package io.cpdevents.billing.refunds;

import io.cpdevents.billing.charges.QuarantinedCharge;
import io.cpdevents.billing.charges.QuarantinedCharges;
import io.cpdevents.billing.stripe.StripeDispute;
import io.cpdevents.platform.Ids;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A bank takes back a charge that its payment did not want, for example a second capture: the buyer
 * gets it once, by the dispute or by our refund.
 */
@Component
public class ApplyDisputeOfCharge {

  private final QuarantinedCharges charges;
  private final LockRefundFacts lockFacts;
  private final ExecuteRefundEffects execute;
  private final Clock clock;

  ApplyDisputeOfCharge(
      QuarantinedCharges charges,
      LockRefundFacts lockFacts,
      ExecuteRefundEffects execute,
      Clock clock) {
    this.charges = charges;
    this.lockFacts = lockFacts;
    this.execute = execute;
    this.clock = clock;
  }

  /**
   * Applies what is new about a dispute of the charge of this payment intent, if there is one.
   *
   * @return whether there is one
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean handle(StripeDispute dispute, String paymentIntentId) {
    Optional<QuarantinedCharge> disputed = charges.lockByPaymentIntent(paymentIntentId);
    disputed
        .filter(charge -> charges.noteDispute(charge, dispute))
        .map(QuarantinedCharge::id)
        .map(lockFacts::ofCharge)
        .ifPresent(facts ->
            execute.handle(UnwantedCharge.onDispute(facts, dispute, Ids.next(), clock.instant())));
    return disputed.isPresent();
  }
}
