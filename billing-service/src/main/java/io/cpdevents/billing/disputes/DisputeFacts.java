package io.cpdevents.billing.disputes;

import io.cpdevents.billing.payments.RefundablePayment;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision about a dispute needs, read under the row lock of its payment.
 *
 * @param payment the captured payment, with what refunds and disputes, this one included, have left
 *     of it
 * @param dispute null when it is not known yet
 */
record DisputeFacts(RefundablePayment payment, @Nullable Dispute dispute) {}
