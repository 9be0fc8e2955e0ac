package io.cpdevents.billing.stripe;

import io.cpdevents.platform.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One movement of Stripe's balance: {@code amount - fee = net}.
 *
 * @param type Stripe's, for example {@code charge}, {@code refund}
 * @param source the object that caused it
 * @param currency ISO 4217, upper case; the balance's, which may differ from the charge's
 */
public record StripeBalanceTransaction(
    String id,
    String type,
    @Nullable String source,
    String currency,
    long amountMinor,
    long feeMinor,
    long netMinor,
    Instant createdAt) {

  /** What it moved before Stripe's fee. */
  public Money amount() {
    return Money.of(amountMinor, currency);
  }

  /** What Stripe kept of it. */
  public Money fee() {
    return Money.of(feeMinor, currency);
  }

  /** What Stripe's balance changed by. */
  public Money net() {
    return Money.of(netMinor, currency);
  }
}
