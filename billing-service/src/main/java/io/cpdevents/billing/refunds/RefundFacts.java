package io.cpdevents.billing.refunds;

import io.cpdevents.billing.payments.RefundablePayments.RefundablePayment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * All that a decision about refunds needs, read under the row lock of one payment.
 *
 * @param payment the captured payment, with what is left of it
 * @param refunds all of its refunds, oldest first
 * @param waitingForPerson those of them whose break is open
 */
record RefundFacts(RefundablePayment payment, List<Refund> refunds, Set<UUID> waitingForPerson) {

  /** The refund with this id. */
  Optional<Refund> refund(UUID id) {
    return refunds.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** The refund one of whose attempts has become this refund at Stripe. */
  Optional<Refund> refundOf(String stripeRefundId) {
    return refunds.stream().filter(each -> each.attemptOf(stripeRefundId).isPresent()).findFirst();
  }
}
