package io.cpdevents.billing.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.billing.stripe.StripeInvoice;
import io.cpdevents.billing.stripe.StripeInvoice.Failure;
import io.cpdevents.platform.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InvoiceTest {

  private static final Instant NOW = Instant.parse("2027-03-01T15:00:00Z");
  private static final Instant AN_HOUR_LATER = NOW.plus(Duration.ofHours(1));
  private static final Instant NEXT = NOW.plus(Duration.ofDays(2));
  private static final Failure SOFT = new Failure("pm_1", "insufficient_funds", false);
  private static final Failure HARD = new Failure("pm_1", "lost_card", true);
  private static final Failure NO_CARD = new Failure(null, Failure.NO_CARD, true);
  private static final UUID ORGANIZATION = UUID.randomUUID();

  @Test
  void what_stripe_will_try_again_or_never_can_has_failed_at_once() {
    assertThat(heardOf(told(1, NEXT, SOFT)).hasFailedSince(null)).isTrue();
    assertThat(heardOf(told(1, null, HARD)).hasFailedSince(null)).isTrue();
    assertThat(heardOf(told(1, null, NO_CARD)).hasFailedSince(null)).isTrue();
    assertThat(heardOf(told(1, null, HARD)).askedAgainAt()).isNull();
  }

  @Test
  void that_stripe_has_given_up_though_another_attempt_might_succeed_is_believed_an_hour_later() {
    Invoice planned = heardOf(told(7, NEXT, SOFT));
    Invoice doubted = then(planned, told(8, null, SOFT), NOW);
    assertThat(doubted.hasFailedSince(planned)).isFalse();
    assertThat(doubted.isTriedSince(planned)).isTrue();
    assertThat(doubted.askedAgainAt()).isEqualTo(AN_HOUR_LATER);

    Invoice still = then(doubted, told(8, null, SOFT), AN_HOUR_LATER.minusMillis(1));
    assertThat(still.hasFailedSince(doubted)).isFalse();
    assertThat(still.askedAgainAt()).isEqualTo(AN_HOUR_LATER);

    Invoice believed = then(still, told(8, null, SOFT), AN_HOUR_LATER);
    assertThat(believed.hasFailedSince(still)).isTrue();
    assertThat(believed.failedAt(still, AN_HOUR_LATER)).isEqualTo(NOW);
    Invoice again = then(believed, told(8, null, SOFT), NEXT);
    assertThat(again.hasFailedSince(believed)).isFalse();
    assertThat(again.askedAgainAt()).isNull();
  }

  @Test
  void an_attempt_that_is_planned_a_moment_later_is_no_end_and_told_once() {
    Invoice doubted = heardOf(told(1, null, SOFT));
    assertThat(doubted.hasFailedSince(null)).isFalse();

    Invoice planned = then(doubted, told(1, NEXT, SOFT), NOW.plusSeconds(2));

    assertThat(planned.hasFailedSince(doubted)).isTrue();
    assertThat(planned.told().nextAttemptAt()).isEqualTo(NEXT);
    assertThat(then(planned, told(1, NEXT, SOFT), NEXT).hasFailedSince(planned)).isFalse();
  }

  @Test
  void another_attempt_or_a_decline_for_good_ends_the_doubt() {
    Invoice doubted = heardOf(told(7, null, SOFT));

    Invoice hard = then(doubted, told(7, null, HARD), NOW.plusSeconds(2));
    assertThat(hard.hasFailedSince(doubted)).isTrue();
    Invoice tried = then(doubted, told(8, null, SOFT), AN_HOUR_LATER);
    assertThat(tried.hasFailedSince(doubted)).isFalse();
    assertThat(tried.askedAgainAt()).isEqualTo(AN_HOUR_LATER.plus(Duration.ofHours(1)));
  }

  @Test
  void what_was_given_up_before_this_was_asked_is_given_up() {
    Invoice before = new Invoice(ORGANIZATION, told(8, null, null), null);

    assertThat(then(before, told(8, null, SOFT), NEXT).hasFailedSince(before)).isFalse();
    assertThat(then(before, told(8, null, SOFT), NEXT).askedAgainAt()).isNull();
  }

  private static Invoice heardOf(StripeInvoice told) {
    return Invoice.heardOf(ORGANIZATION, told, NOW);
  }

  private static Invoice then(Invoice before, StripeInvoice told, Instant now) {
    return Invoice.heardOf(ORGANIZATION, told, now).after(before, now);
  }

  private static StripeInvoice told(
      int attempts, @Nullable Instant nextAttemptAt, @Nullable Failure failure) {
    Money price = Money.of(9_900, "CAD");
    return new StripeInvoice(
        "in_1",
        "cus_1",
        "sub_1",
        "A-1",
        StripeInvoice.Status.OPEN,
        price,
        Money.of(0, "CAD"),
        price,
        NOW,
        NOW.plus(Duration.ofDays(31)),
        null,
        NOW,
        attempts,
        nextAttemptAt,
        null,
        failure,
        "subscription_cycle");
  }
}
