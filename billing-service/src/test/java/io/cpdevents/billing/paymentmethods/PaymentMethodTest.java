package io.cpdevents.billing.paymentmethods;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaymentMethodTest {

  private static final Instant END = Instant.parse("2028-03-01T00:00:00Z");

  private final PaymentMethod card =
      new PaymentMethod("pm_1", "visa", "4242", YearMonth.of(2028, 2), Instant.EPOCH);

  @Test
  void people_are_told_30_7_and_1_days_before_the_end_of_its_last_month() {
    assertThat(next("2027-01-01T00:00:00Z")).isEqualTo("2028-01-31T00:00:00Z");
    assertThat(next("2028-01-31T00:00:00Z")).isEqualTo("2028-02-23T00:00:00Z");
    assertThat(next("2028-02-23T00:00:00Z")).isEqualTo("2028-02-29T00:00:00Z");
    assertThat(next("2028-02-29T12:00:00Z")).isEqualTo(END.toString());
    assertThat(card.nextNotice(END)).isEmpty();
  }

  @Test
  void of_several_notices_that_are_due_the_last_one_is_told_and_none_after_the_end() {
    assertThat(card.daysBefore(Instant.parse("2028-01-30T23:59:59Z"))).isEmpty();
    assertThat(card.daysBefore(Instant.parse("2028-01-31T00:00:00Z"))).contains(30);
    assertThat(card.daysBefore(Instant.parse("2028-02-24T00:00:00Z"))).contains(7);
    assertThat(card.daysBefore(Instant.parse("2028-02-29T23:59:59Z"))).contains(1);
    assertThat(card.daysBefore(END)).isEmpty();
    assertThat(card.isExpired(END)).isTrue();
    assertThat(card.isExpired(END.minusMillis(1))).isFalse();
  }

  @Test
  void what_somebody_has_set_at_stripe_pays_whether_for_the_customer_or_for_a_subscription() {
    assertThat(chosen("a", "a", "a")).isEqualTo("a");
    assertThat(chosen("a", "b", "a")).isEqualTo("b");
    assertThat(chosen("a", "a", "b")).isEqualTo("b");
    // Of two that were set the customer's counts, and one that cannot pay does not.
    assertThat(chosen("a", "b", "c")).isEqualTo("b");
    assertThat(chosen("a", "a", "expired")).isEqualTo("a");
    assertThat(chosen(null, null, "b")).isEqualTo("b");
    assertThat(chosen("a", null, "a")).isNull();
  }

  private static @Nullable String chosen(
      @Nullable String known, @Nullable String ofCustomer, String ofSubscription) {
    return new PaymentMethod.Defaults(known, ofCustomer, List.of(ofSubscription))
        .chosen(id -> !id.equals("expired"));
  }

  private String next(String now) {
    return card.nextNotice(Instant.parse(now)).orElseThrow().toString();
  }
}
