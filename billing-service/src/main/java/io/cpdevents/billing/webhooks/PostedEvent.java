package io.cpdevents.billing.webhooks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of Stripe as it is kept: what is needed to apply it, and nothing that it says about
 * people.
 *
 * @param apiVersion the version of Stripe's API in which it is written; not stored
 * @param stripeAccountId the connected account on which it happened; null for the platform's own
 * @param occurredAt when it happened, as Stripe says
 */
record PostedEvent(
    String id,
    String type,
    @Nullable String apiVersion,
    @Nullable String stripeAccountId,
    Instant occurredAt,
    Relevance relevance) {

  /** Whether an event makes a difference. */
  sealed interface Relevance {

    /** It is applied. */
    record About(Subject subject) implements Relevance {}

    /** It changes nothing. */
    record Ignored(IgnoredReason reason) implements Relevance {}
  }
}
