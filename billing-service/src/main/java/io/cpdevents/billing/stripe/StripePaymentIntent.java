package io.cpdevents.billing.stripe;

import io.cpdevents.platform.money.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's view of one try to take money.
 *
 * @param amountReceivedMinor what was taken
 * @param currency ISO 4217, upper case
 * @param paymentId ours, from the metadata; null when it is not one of ours
 * @param attempt our checkout's attempt, from the metadata; 0 when it is not one of ours
 * @param charge of the money that was taken; null until then
 * @param failure of the last try; null when there was none, or it did not fail
 */
public record StripePaymentIntent(
    String id,
    Status status,
    long amountReceivedMinor,
    String currency,
    @Nullable UUID paymentId,
    int attempt,
    @Nullable StripeCharge charge,
    @Nullable Failure failure) {

  /**
   * Why a try to pay came to nothing.
   *
   * @param id of the charge, or of the payment method when no charge was made
   * @param declineCode for example {@code insufficient_funds}; null when Stripe says none
   */
  public record Failure(String id, @Nullable String declineCode) {}

  /** What was taken. */
  public Money received() {
    return Money.of(amountReceivedMinor, currency);
  }

  /** Stripe's {@code status}, as far as it makes a difference here. */
  public enum Status {
    SUCCEEDED,
    PROCESSING,
    /** Declined or not tried yet. */
    REQUIRES_PAYMENT_METHOD,
    CANCELED,
    /** Waiting for the buyer. */
    UNDER_WAY
  }
}
