package io.cpdevents.contracts.billing;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Stripe's webhooks told billing-service about objects that payout-service owns. Ids only:
 * whoever is interested fetches the object as it is now.
 */
public sealed interface StripeObjectEvent extends Event {

  /** Stripe's id of the object, for example {@code po_…} or {@code acct_…}. */
  String objectId();

  @Override
  default Topic topic() {
    return Topic.BILLING_STRIPE_OBJECTS;
  }

  @Override
  default String key() {
    return objectId();
  }

  @Override
  default Map<String, String> correlation() {
    return Map.of("stripeObjectId", objectId());
  }

  /**
   * Something about an object is other than before.
   *
   * @param stripeAccountId the connected account on which the object lives; null for the platform's
   * @param stripeEventId the event that told it
   * @param stripeEventType for example {@code payout.paid}
   */
  record StripeObjectChanged(
      String objectId,
      @Nullable String stripeAccountId,
      String stripeEventId,
      String stripeEventType,
      Instant occurredAt)
      implements StripeObjectEvent {}
}
