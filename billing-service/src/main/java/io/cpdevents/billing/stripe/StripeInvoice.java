package io.cpdevents.billing.stripe;

import io.cpdevents.platform.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An invoice as it is at Stripe.
 *
 * @param subscriptionId of which it is; null when somebody has made it by hand
 * @param number as it is printed; null until it is finalized
 * @param remaining what is still to be paid: less than the total when the customer's balance or a
 *     payment has paid a part
 * @param periodStart of what is paid for
 * @param pdfUrl where it can be loaded; null until it is finalized
 * @param attempts how often Stripe has tried to charge it
 * @param nextAttemptAt when Stripe tries again; null when it does not, or charges nobody then:
 *     after a hard decline, unless there is another card
 * @param authenticationUrl where whoever has the card authenticates its payment; null when no bank
 *     asks for that
 * @param failure why the last attempt has failed; null when none has, or nobody knows
 * @param billingReason why there is one, in Stripe's word
 */
public record StripeInvoice(
    String id,
    @Nullable String customerId,
    @Nullable String subscriptionId,
    @Nullable String number,
    Status status,
    Money total,
    Money paid,
    Money remaining,
    Instant periodStart,
    Instant periodEnd,
    @Nullable String pdfUrl,
    Instant createdAt,
    int attempts,
    @Nullable Instant nextAttemptAt,
    @Nullable String authenticationUrl,
    @Nullable Failure failure,
    String billingReason) {

  private static final String NEXT_PERIOD = "subscription_cycle";

  /** Whether it is for the next month of a plan, not for a change of it. */
  public boolean isOfNextPeriod() {
    return NEXT_PERIOD.equals(billingReason);
  }

  /**
   * Whether no other attempt is planned, although one might succeed: Stripe may plan it a moment
   * after it has told that the last one has failed.
   */
  public boolean isDoubtful() {
    return status == Status.OPEN
        && attempts > 0
        && nextAttemptAt == null
        && (failure == null || !failure.isFinal());
  }

  /**
   * Why an attempt to charge it has failed.
   *
   * @param methodId the card that was tried; null when there was none
   * @param declineCode in Stripe's word, or {@link #NO_CARD}
   * @param isFinal whether nobody is charged again before there is another card, or a person
   */
  public record Failure(@Nullable String methodId, String declineCode, boolean isFinal) {

    /** Nobody was charged, because there was no card. */
    public static final String NO_CARD = "no_payment_method";
  }

  /** Stripe's statuses. */
  public enum Status {
    /** It can still change, and has no number. */
    DRAFT,
    OPEN,
    PAID,
    /** It was a mistake. */
    VOID,
    /** Nobody expects its money any more. */
    UNCOLLECTIBLE
  }
}
