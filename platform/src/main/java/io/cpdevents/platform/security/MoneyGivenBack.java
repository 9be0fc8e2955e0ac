package io.cpdevents.platform.security;

import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.money.Money;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * From which sum on it is of consequence what one person gives back to buyers for an organization:
 * refunds and cancellations ask for a proof then. Each of the two counts what went its own way:
 * billing-service the refunds, registration-service the cancellations. So who uses both gives back
 * just less than twice the sum without a proof.
 */
public final class MoneyGivenBack {

  /** How long what somebody gives back counts together: many small refunds are one large one. */
  public static final Duration SUM_TIME = Duration.ofHours(1);

  /** In whole units of whatever currency. */
  private static final long MIN_STEP_UP_UNITS = 500;

  private MoneyGivenBack() {}

  /** Whether it is, with what the same person has given back within {@link #SUM_TIME}. */
  public static boolean isOfConsequence(List<Money> lately, Money wanted) {
    long thousandths =
        Stream.concat(lately.stream(), Stream.of(wanted))
            .mapToLong(MoneyGivenBack::thousandthsOf)
            .reduce(0, Math::addExact);
    return thousandths >= MIN_STEP_UP_UNITS * 1_000;
  }

  /** Where units are small, as yen are, a hundred of them count as one. */
  private static long thousandthsOf(Money amount) {
    return CurrencyRules.digits(amount.currency()) == 3
        ? amount.amountMinor()
        : Math.multiplyExact(amount.amountMinor(), 10);
  }
}
