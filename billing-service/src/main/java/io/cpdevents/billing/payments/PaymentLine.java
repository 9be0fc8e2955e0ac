package io.cpdevents.billing.payments;

import io.cpdevents.platform.money.Money;
import java.util.UUID;

/**
 * A ticket's part of a payment.
 *
 * @param total what the ticket costs
 * @param fee the platform's part of it
 * @param refunded what has been promised or given back of the total
 * @param feeRefunded what the platform bears of that
 */
public record PaymentLine(
    UUID ticketId,
    String ticketTypeName,
    Money total,
    Money fee,
    Money refunded,
    Money feeRefunded) {}
