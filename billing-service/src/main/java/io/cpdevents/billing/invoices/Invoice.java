package io.cpdevents.billing.invoices;

import io.cpdevents.billing.stripe.StripeInvoice;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An invoice of an organization, as Stripe has told of it.
 *
 * @param told what Stripe has said; never a draft
 */
public record Invoice(UUID organizationId, StripeInvoice told) {

  /** Stripe's id of the subscription that it is of. */
  public String requiredSubscription() {
    return Objects.requireNonNull(told.subscriptionId());
  }

  /** Whether it is one of this subscription. */
  public boolean isOf(@Nullable String subscriptionId) {
    return subscriptionId != null && subscriptionId.equals(told.subscriptionId());
  }

  /**
   * Whether Stripe has tried to charge it since, and could not, or has given it up: another card
   * that was declined for good is none of its attempts.
   */
  public boolean hasFailedSince(@Nullable Invoice before) {
    int attemptsBefore = before == null ? 0 : before.told().attempts();
    boolean isTried = told.status() == StripeInvoice.Status.OPEN && told.attempts() > 0;
    return isTried
        && (told.attempts() > attemptsBefore
            || (told.nextAttemptAt() == null
                && before != null
                && before.told().nextAttemptAt() != null));
  }

  /** Whether all of it is paid. */
  public boolean isPaid() {
    return told.status() == StripeInvoice.Status.PAID;
  }
}
