package io.cpdevents.billing.invoices;

import io.cpdevents.billing.stripe.StripeInvoices;
import io.cpdevents.platform.stripe.StripeFailed;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Invoices that a card has not paid are charged once to the card that has replaced it. All other
 * attempts are Stripe's.
 */
@Component
public class ChargeReplacedCards {

  private static final Logger log = LoggerFactory.getLogger(ChargeReplacedCards.class);
  private static final int MAX_BATCH_ROWS = 20;

  private final Invoices invoices;
  private final StripeInvoices stripe;
  private final SettleInvoice settleInvoice;

  ChargeReplacedCards(Invoices invoices, StripeInvoices stripe, SettleInvoice settleInvoice) {
    this.invoices = invoices;
    this.stripe = stripe;
    this.settleInvoice = settleInvoice;
  }

  /** Charges a batch. Returns how many are not due any more: the others wait for Stripe. */
  public int handle() {
    return Math.toIntExact(
        invoices.replacements(MAX_BATCH_ROWS).stream().filter(this::charge).count());
  }

  /** Whether Stripe has answered. */
  private boolean charge(Invoices.Replacement replacement) {
    try {
      try {
        stripe.pay(
            replacement.stripeInvoiceId(), replacement.methodId(), replacement.idempotencyKey());
      } catch (StripeRefused refused) {
        // Declined, or paid meanwhile: the invoice tells.
        log.info("{}", refused.getMessage());
      } catch (StripeFailed failed) {
        // Stripe may have stored the failure under the key.
        invoices.beginNextReplacement(replacement);
        throw failed;
      }
      settleInvoice.handle(replacement.stripeInvoiceId());
      invoices.answerReplacement(replacement);
      return true;
    } catch (StripeUnavailable unavailable) {
      log.warn("{} is charged later: {}", replacement.stripeInvoiceId(), unavailable.getMessage());
      return false;
    }
  }
}
