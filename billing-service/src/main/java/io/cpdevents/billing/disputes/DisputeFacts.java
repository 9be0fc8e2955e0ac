package io.cpdevents.billing.disputes;

import io.cpdevents.billing.payments.RefundablePayment;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision about a dispute needs, read under the row lock of its payment.
 *
 * @param payment the captured payment, with what is left of it beside this and other disputes
 * @param dispute null when it is not known yet
 */
record DisputeFacts(RefundablePayment payment, @Nullable Dispute dispute) {}
