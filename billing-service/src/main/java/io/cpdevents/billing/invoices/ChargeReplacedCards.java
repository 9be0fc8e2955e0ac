package io.cpdevents.billing.invoices;

import io.cpdevents.billing.invoices.ReplacementListener.DeclinedCard;
import io.cpdevents.billing.stripe.StripeInvoices;
import io.cpdevents.billing.stripe.StripeInvoices.Collection;
import io.cpdevents.platform.stripe.StripeFailed;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Invoices that a card has not paid are charged once to the card that has replaced it. All other
 * attempts are Stripe's.
 */
@Component
public class ChargeReplacedCards {

  private static final Logger log = LoggerFactory.getLogger(ChargeReplacedCards.class);
  private static final int MAX_BATCH_ROWS = 20;
  private static final int PAYMENT_REQUIRED = 402;
  private static final String NEEDS_AUTHENTICATION = "authentication_required";

  private final Invoices invoices;
  private final StripeInvoices stripe;
  private final SettleInvoice settleInvoice;
  private final List<ReplacementListener> listeners;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ChargeReplacedCards(
      Invoices invoices,
      StripeInvoices stripe,
      SettleInvoice settleInvoice,
      List<ReplacementListener> listeners,
      TransactionTemplate transaction,
      Clock clock) {
    this.invoices = invoices;
    this.stripe = stripe;
    this.settleInvoice = settleInvoice;
    this.listeners = listeners;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Charges a batch. Returns how many are not due any more: the others wait for Stripe. */
  public int handle() {
    return Math.toIntExact(
        invoices.replacements(MAX_BATCH_ROWS).stream().filter(this::charge).count());
  }

  /** Whether Stripe has answered. */
  private boolean charge(Invoices.Replacement replacement) {
    try {
      boolean isDeclined = !isPaid(replacement);
      settleInvoice.handle(replacement.stripeInvoiceId());
      Optional<DeclinedCard> declined =
          Optional.of(replacement).filter(_ -> isDeclined).flatMap(this::declined);
      transaction.executeWithoutResult(_ -> {
        if (invoices.answerReplacement(replacement)) {
          declined.ifPresent(card -> tell(replacement, card));
        }
      });
      return true;
    } catch (StripeUnavailable | StripeRefused unanswered) {
      log.warn("{} is charged later: {}", replacement.stripeInvoiceId(), unanswered.getMessage());
      return false;
    }
  }

  /** False when the card was declined. */
  private boolean isPaid(Invoices.Replacement replacement) {
    try {
      stripe.pay(
          replacement.stripeInvoiceId(), replacement.methodId(), replacement.idempotencyKey());
      return true;
    } catch (StripeRefused refused) {
      // Declined, or paid or voided meanwhile: the invoice tells.
      log.info("{}", refused.getMessage());
      return refused.status() != PAYMENT_REQUIRED;
    } catch (StripeFailed failed) {
      // Stripe may have stored the failure under the key.
      invoices.beginNextReplacement(replacement);
      throw failed;
    }
  }

  private Optional<DeclinedCard> declined(Invoices.Replacement replacement) {
    return switch (stripe.collection(replacement.stripeInvoiceId())) {
      case Collection.UnderWay _ -> Optional.empty();
      case Collection.NeedsAuthentication _ ->
          Optional.of(new DeclinedCard(replacement.methodId(), NEEDS_AUTHENTICATION));
      case Collection.Declined(String code) ->
          Optional.of(new DeclinedCard(replacement.methodId(), code));
    };
  }

  private void tell(Invoices.Replacement replacement, DeclinedCard card) {
    invoices
        .noteDeclined(replacement, clock.instant())
        .ifPresent(invoice -> listeners.forEach(listener -> listener.declined(invoice, card)));
  }
}
