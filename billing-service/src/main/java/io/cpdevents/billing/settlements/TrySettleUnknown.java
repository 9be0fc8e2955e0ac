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

  /** Asks, if that is possible. */
  public void handle(SettleUnknown.Command command) {
    StripeInquiries.ask(
        ContractsJson.kebabCase(command.kind()) + " " + command.subjectId(),
        () -> settleUnknown.handle(command));
  }
}
