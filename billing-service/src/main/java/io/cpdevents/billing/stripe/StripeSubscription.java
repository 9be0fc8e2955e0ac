package io.cpdevents.billing.stripe;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it is at Stripe.
 *
 * @param organizationId whose it is, as we told Stripe when we made it; null when we did not
 * @param defaultMethodId the card that pays its invoices; null for the customer's
 * @param renews whether it goes on after its period
 * @param period the current one
 * @param changeId of the change of plan that has made it; null when none has
 * @param pendingUntil until when a change waits for its money; null when none does
 * @param scheduleId of what will change at the end of the period; null when nothing will
 * @param latestInvoiceId null when there is none
 */
public record StripeSubscription(
    String id,
    String customerId,
    @Nullable UUID organizationId,
    Status status,
    @Nullable String defaultMethodId,
    boolean renews,
    Period period,
    Item item,
    @Nullable UUID changeId,
    @Nullable Instant pendingUntil,
    @Nullable String scheduleId,
    @Nullable String latestInvoiceId) {

  /**
   * What is subscribed to.
   *
   * @param productId of the plan
   */
  public record Item(String id, String priceId, String productId) {}

  /** The month that is paid, or is tried; the end is exclusive. */
  public record Period(Instant start, Instant end) {}

  /** Whether a month of it is paid, or is being charged, and another one follows. */
  public boolean isRenewed() {
    return status == Status.ACTIVE && renews;
  }

  /** Stripe's statuses, as far as they make a difference here. */
  public enum Status {
    TRIALING,
    ACTIVE,
    /** Its last invoice could not be charged. */
    PAST_DUE,
    /** It is over, for good. */
    ENDED,
    /** Something is open: an invoice, or what the customer decides. */
    OPEN
  }
}
