package io.cpdevents.billing.settlements;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.stripe.StripeInquiries;
import org.springframework.stereotype.Component;

/**
 * Asks Stripe for an outcome that no webhook has reported, for jobs that ask about many things:
 * when Stripe cannot be asked now or refuses, that is logged, and the job goes on with the next.
 */
@Component
public class TrySettleUnknown {

  private final SettleUnknown settleUnknown;

  TrySettleUnknown(SettleUnknown settleUnknown) {
    this.settleUnknown = settleUnknown;
  }

  /**
   * Asks, if that is possible.
   *
   * @param lookup asks Stripe and takes over the answer
   */
  public void handle(SettlementKind kind, String subjectId, Runnable lookup) {
    StripeInquiries.ask(
        ContractsJson.kebabCase(kind) + " " + subjectId,
        () -> settleUnknown.handle(kind, subjectId, lookup));
  }
}
