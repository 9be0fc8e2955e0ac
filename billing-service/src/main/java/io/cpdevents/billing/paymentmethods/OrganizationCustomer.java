package io.cpdevents.billing.paymentmethods;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An organization as a customer.
 *
 * @param attempt how often Stripe was asked to make it, from 1
 * @param stripeId null until Stripe has answered
 */
record OrganizationCustomer(UUID organizationId, int attempt, @Nullable String stripeId) {

  /** The idempotency key at Stripe. */
  String idempotencyKey() {
    return "organization-customer:%s:%d".formatted(organizationId, attempt);
  }
}
