package io.cpdevents.billing.stripe;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened at Stripe.
 *
 * @param accountId the connected account on which it happened; null for the platform's own
 * @param apiVersion the version of Stripe's API in which its object is written
 * @param object the object as JSON, as it was then
 */
public record StripeEvent(
    String id,
    String type,
    @Nullable String accountId,
    @Nullable String apiVersion,
    Instant createdAt,
    String object) {

  /** Never the object: it says things about people. */
  @Override
  public String toString() {
    return "StripeEvent[id=" + id + ", type=" + type + "]";
  }
}
