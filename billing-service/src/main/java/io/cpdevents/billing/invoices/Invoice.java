package io.cpdevents.billing.invoices;

import io.cpdevents.billing.stripe.StripeInvoice;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An invoice of an organization, as Stripe has told of it.
 *
 * @param told what Stripe has said; never a draft
 * @param doubtedSince since when Stripe plans no other attempt although one might succeed; null
 *     when it does, or when that is believed
 */
public record Invoice(UUID organizationId, StripeInvoice told, @Nullable Instant doubtedSince) {

  /** By then Stripe has planned the next attempt, if there is one. */
  private static final Duration MAX_PLANNING_TIME = Duration.ofHours(1);

  /** What Stripe has told for the first time. */
  static Invoice heardOf(UUID organizationId, StripeInvoice told, Instant now) {
    return new Invoice(organizationId, told, told.isDoubtful() ? now : null);
  }

  /** What Stripe has told since; that it has given up is believed when it says so for long. */
  Invoice after(Invoice before, Instant now) {
    return new Invoice(organizationId, told, doubtedSince(before, now));
  }

  private @Nullable Instant doubtedSince(Invoice before, Instant now) {
    boolean isNews = isTriedSince(before);
    Instant since = before.doubtedSince;
    if (!told.isDoubtful() || (since == null && !isNews)) {
      return null;
    }
    if (since == null || told.attempts() > before.told.attempts()) {
      return now;
    }
    return now.isBefore(since.plus(MAX_PLANNING_TIME)) ? since : null;
  }

  /** When Stripe is to be asked whether it has given up; null when that is known. */
  public @Nullable Instant askedAgainAt() {
    return doubtedSince == null ? null : doubtedSince.plus(MAX_PLANNING_TIME);
  }

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
  boolean isTriedSince(@Nullable Invoice before) {
    int attemptsBefore = before == null ? 0 : before.told().attempts();
    return isTried()
        && (told.attempts() > attemptsBefore
            || (told.nextAttemptAt() == null
                && before != null
                && before.told().nextAttemptAt() != null));
  }

  /** The same, once it is known whether Stripe tries again. */
  public boolean hasFailedSince(@Nullable Invoice before) {
    boolean wasDoubted = before != null && before.doubtedSince() != null;
    return isTried() && doubtedSince == null && (wasDoubted || isTriedSince(before));
  }

  private boolean isTried() {
    return told.status() == StripeInvoice.Status.OPEN && told.attempts() > 0;
  }

  /** When the last attempt that has failed was heard of, by an answer that is now. */
  public Instant failedAt(@Nullable Invoice before, Instant now) {
    Instant doubted = before == null ? null : before.doubtedSince();
    return doubted == null || isTriedSince(before) ? now : doubted;
  }

  /** Whether all of it is paid. */
  public boolean isPaid() {
    return told.status() == StripeInvoice.Status.PAID;
  }
}
