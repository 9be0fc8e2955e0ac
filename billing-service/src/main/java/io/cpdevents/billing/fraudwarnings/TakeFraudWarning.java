package io.cpdevents.billing.fraudwarnings;

import io.cpdevents.billing.charges.QuarantinedCharge;
import io.cpdevents.billing.charges.QuarantinedCharges;
import io.cpdevents.billing.charges.SettlePaymentIntent;
import io.cpdevents.billing.payments.PaidRegistration;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.payments.RefundablePayments;
import io.cpdevents.billing.refunds.AcceptRefund;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeFraudWarning;
import io.cpdevents.contracts.billing.PaymentEvent.FraudWarningReceived;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A card's bank suspects that a payment is fraud: that is noted and told once, and if the platform
 * wants so all of the payment goes back, unless it is disputed or has gone back.
 */
@Component
public class TakeFraudWarning {

  private final StripeApi stripe;
  private final SettlePaymentIntent settlePaymentIntent;
  private final RefundablePayments payments;
  private final QuarantinedCharges charges;
  private final FraudWarnings warnings;
  private final AcceptRefund acceptRefund;
  private final FraudWarningSettings settings;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final Clock clock;

  TakeFraudWarning(
      StripeApi stripe,
      SettlePaymentIntent settlePaymentIntent,
      RefundablePayments payments,
      QuarantinedCharges charges,
      FraudWarnings warnings,
      AcceptRefund acceptRefund,
      FraudWarningSettings settings,
      Outbox outbox,
      TransactionTemplate transaction,
      Clock clock) {
    this.stripe = stripe;
    this.settlePaymentIntent = settlePaymentIntent;
    this.payments = payments;
    this.charges = charges;
    this.warnings = warnings;
    this.acceptRefund = acceptRefund;
    this.settings = settings;
    this.outbox = outbox;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Records a warning, once. The payment is settled first, because a warning may arrive before the
   * webhook about the capture.
   *
   * @return false when it is about no payment of ours
   */
  public boolean handle(String stripeWarningId) {
    if (warnings.exists(stripeWarningId)) {
      return true;
    }
    Optional<StripeFraudWarning> found = stripe.fraudWarning(stripeWarningId);
    if (found.isEmpty()) {
      return false;
    }
    StripeFraudWarning warning = found.get();
    settlePaymentIntent.handle(warning.paymentIntentId());
    return Boolean.TRUE.equals(
        transaction.execute(_ -> {
          Optional<RefundablePayment> payment =
              payments.lockByPaymentIntent(warning.paymentIntentId());
          payment.ifPresent(suspected -> take(suspected, warning));
          return payment.isPresent() || isOfUnwantedCharge(warning);
        }));
  }

  /**
   * Whoever decides about money that no payment wanted sees the warning at its payment. The
   * organization is not told: it goes back by itself, or people of the platform decide.
   */
  private boolean isOfUnwantedCharge(StripeFraudWarning warning) {
    Optional<QuarantinedCharge> charge = charges.lockByPaymentIntent(warning.paymentIntentId());
    charge.ifPresent(
        unwanted -> warnings.insert(warning, unwanted.paymentId(), null, clock.instant()));
    return charge.isPresent();
  }

  private void take(RefundablePayment payment, StripeFraudWarning warning) {
    boolean refunds =
        settings.refundFraudWarnings() && !payment.isDisputed() && payment.left().isPositive();
    UUID refundId = refunds ? Ids.next() : null;
    Instant now = clock.instant();
    if (!warnings.insert(warning, payment.id(), refundId, now)) {
      return;
    }
    if (refundId != null) {
      acceptRefund.handle(
          new AcceptRefund.Command(
              refundId, payment.id(), List.of(), true, RefundCause.FRAUD_WARNING));
    }
    PaidRegistration registration = payment.registration();
    outbox.append(
        new FraudWarningReceived(
            payment.id(),
            registration.id(),
            registration.accountId(),
            registration.eventId(),
            registration.organizationId(),
            warning.fraudType(),
            refunds,
            now));
  }
}
