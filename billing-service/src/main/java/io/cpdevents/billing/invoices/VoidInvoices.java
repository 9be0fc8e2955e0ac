package io.cpdevents.billing.invoices;

import io.cpdevents.billing.stripe.StripeInvoices;
import io.cpdevents.platform.stripe.StripeFailed;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Invoices that are to be voided are voided at Stripe. One that was paid at the same moment stays
 * paid: its month was used.
 */
@Component
public class VoidInvoices {

  private static final Logger log = LoggerFactory.getLogger(VoidInvoices.class);
  private static final int MAX_BATCH_ROWS = 20;
  private static final Duration RETRY_TIME = Duration.ofMinutes(1);

  private final Invoices invoices;
  private final StripeInvoices stripe;
  private final SettleInvoice settleInvoice;
  private final Clock clock;

  VoidInvoices(Invoices invoices, StripeInvoices stripe, SettleInvoice settleInvoice, Clock clock) {
    this.invoices = invoices;
    this.stripe = stripe;
    this.settleInvoice = settleInvoice;
    this.clock = clock;
  }

  /** Voids a batch; returns its size. One that Stripe has not answered about is due again later. */
  public int handle() {
    List<Invoices.Voiding> due = invoices.voidings(clock.instant(), MAX_BATCH_ROWS);
    due.forEach(this::makeVoid);
    return due.size();
  }

  private void makeVoid(Invoices.Voiding voiding) {
    invoices.voidAgain(voiding, clock.instant().plus(RETRY_TIME));
    try {
      try {
        stripe.makeVoid(voiding.stripeInvoiceId(), voiding.idempotencyKey());
      } catch (StripeRefused refused) {
        // Paid or voided meanwhile: the invoice tells.
        log.info("{}", refused.getMessage());
      } catch (StripeFailed failed) {
        // Stripe may have stored the failure under the key.
        invoices.beginNextVoiding(voiding);
        throw failed;
      }
      settleInvoice.handle(voiding.stripeInvoiceId());
    } catch (StripeUnavailable | StripeRefused unanswered) {
      log.warn("{} is voided later: {}", voiding.stripeInvoiceId(), unanswered.getMessage());
    }
  }
}
