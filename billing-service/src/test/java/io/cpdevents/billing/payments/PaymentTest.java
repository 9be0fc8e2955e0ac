package io.cpdevents.billing.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.billing.payments.Payment.Change;
import io.cpdevents.billing.payments.Payment.Verdict;
import io.cpdevents.billing.plans.FeeRule;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCancelled;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentFailed;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentProcessing;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaymentTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant HOLD_END = NOON.plus(Duration.ofMinutes(30));
  private static final Instant LATER = HOLD_END.plusSeconds(5);
  private static final PaidRegistration REGISTRATION =
      new PaidRegistration(Ids.next(), Ids.next(), Ids.next(), Ids.next(), "Wound care", HOLD_END);

  private static final FailedAttempt DECLINED = new FailedAttempt("ch_1", "insufficient_funds");

  private final Payment awaited =
      Payment.awaiting(
          Ids.next(),
          REGISTRATION,
          cad(10_000),
          new PlatformFee(new FeeRule("free", 500, cad(50)), cad(550), true),
          NOON);
  private final Payment processing =
      awaited.started("pi_1", NOON, NOON.plusSeconds(600)).orElseThrow().payment();
  private final Payment captured = awaited.captured("pi_1", NOON).payment();
  private final Payment cancelled =
      awaited.withRegistrationEnded(LATER).registrationExpired(LATER).orElseThrow().payment();

  @Test
  void a_new_payment_waits_for_its_money() {
    assertThat(awaited.status()).isEqualTo(PaymentStatus.AWAITING_PAYMENT);
    assertThat(awaited.captured()).isEqualTo(cad(0));
  }

  @Test
  void the_whole_amount_is_accepted_and_nothing_else() {
    assertThat(awaited.judge(cad(10_000))).isEqualTo(Verdict.ACCEPTED);
    assertThat(awaited.judge(cad(9_999))).isEqualTo(Verdict.WRONG_AMOUNT);
    assertThat(awaited.judge(cad(10_001))).isEqualTo(Verdict.WRONG_AMOUNT);
    assertThat(awaited.judge(Money.of(10_000, "USD"))).isEqualTo(Verdict.WRONG_CURRENCY);
    assertThat(processing.judge(cad(10_000))).isEqualTo(Verdict.ACCEPTED);
    assertThat(cancelled.judge(cad(10_000))).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void what_comes_after_the_capture_is_a_duplicate_whatever_its_amount() {
    assertThat(captured.judge(cad(10_000))).isEqualTo(Verdict.DUPLICATE_CAPTURE);
    assertThat(captured.judge(Money.of(1, "USD"))).isEqualTo(Verdict.DUPLICATE_CAPTURE);
  }

  @Test
  void a_capture_is_told_with_its_amounts() {
    Change change = awaited.captured("pi_1", NOON);
    assertThat(change.payment().status()).isEqualTo(PaymentStatus.CAPTURED);
    assertThat(change.payment().captured()).isEqualTo(cad(10_000));
    assertThat(change.payment().progress().paymentIntentId()).isEqualTo("pi_1");
    assertThat(change.payment().progress().capturedAt()).isEqualTo(NOON);
    assertThat(change.events())
        .containsExactly(
            new PaymentCaptured(
                awaited.id(),
                REGISTRATION.id(),
                REGISTRATION.accountId(),
                REGISTRATION.eventId(),
                REGISTRATION.organizationId(),
                cad(10_000).toAmount(),
                cad(550).toAmount(),
                NOON));
  }

  @Test
  void money_is_captured_from_every_state_but_once() {
    assertThat(processing.captured("pi_1", NOON).payment().status())
        .isEqualTo(PaymentStatus.CAPTURED);
    Payment late = cancelled.captured("pi_1", LATER).payment();
    assertThat(late.status()).isEqualTo(PaymentStatus.CAPTURED);
    assertThat(late.progress().cancelledAt()).isEqualTo(LATER);
    assertThatThrownBy(() -> captured.captured("pi_2", NOON))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_bank_that_takes_its_time_is_asked_about_later() {
    assertThat(processing.status()).isEqualTo(PaymentStatus.PROCESSING);
    assertThat(processing.progress().nextCheckAt()).isEqualTo(NOON.plusSeconds(600));
    assertThat(awaited.started("pi_1", NOON, NOON.plusSeconds(600)).orElseThrow().events())
        .containsExactly(new PaymentProcessing(awaited.id(), REGISTRATION.id(), NOON));
  }

  @Test
  void a_start_that_is_told_twice_or_late_changes_nothing() {
    assertThat(processing.started("pi_1", NOON, NOON)).isEmpty();
    assertThat(captured.started("pi_1", NOON, NOON)).isEmpty();
    assertThat(cancelled.started("pi_1", NOON, NOON)).isEmpty();
  }

  @Test
  void what_the_bank_has_not_paid_can_be_paid_again_while_the_hold_lasts() {
    Change change = processing.attemptFailed("pi_1", DECLINED, NOON).orElseThrow();
    assertThat(change.payment()).isEqualTo(awaited);
    assertThat(change.events()).containsExactly(failed(true, NOON));
  }

  @Test
  void what_the_bank_has_not_paid_is_cancelled_when_the_registration_has_ended() {
    Change change =
        processing
            .withRegistrationEnded(LATER)
            .attemptFailed("pi_1", DECLINED, LATER)
            .orElseThrow();
    assertThat(change.payment().status()).isEqualTo(PaymentStatus.CANCELLED);
    assertThat(change.payment().progress().cancelledAt()).isEqualTo(LATER);
    assertThat(change.events())
        .containsExactly(
            failed(true, LATER), new PaymentCancelled(awaited.id(), REGISTRATION.id(), LATER));
  }

  @Test
  void a_card_that_is_declined_can_be_followed_by_another_one() {
    Change change = awaited.attemptFailed("pi_1", DECLINED, NOON).orElseThrow();
    assertThat(change.payment()).isEqualTo(awaited);
    assertThat(change.events()).containsExactly(failed(false, NOON));
  }

  @Test
  void the_failure_of_another_try_changes_nothing() {
    assertThat(processing.attemptFailed("pi_2", DECLINED, NOON)).isEmpty();
    assertThat(captured.attemptFailed("pi_2", DECLINED, NOON)).isEmpty();
    assertThat(cancelled.attemptFailed("pi_1", DECLINED, NOON)).isEmpty();
  }

  @Test
  void the_end_of_the_hold_cancels_what_nobody_has_paid() {
    Change change = awaited.withRegistrationEnded(LATER).registrationExpired(LATER).orElseThrow();
    assertThat(change.payment().status()).isEqualTo(PaymentStatus.CANCELLED);
    assertThat(change.payment().progress().registrationEndedAt()).isEqualTo(LATER);
    assertThat(change.events())
        .containsExactly(new PaymentCancelled(awaited.id(), REGISTRATION.id(), LATER));
  }

  @Test
  void the_end_of_the_hold_leaves_money_that_was_captured_or_is_under_way() {
    assertThat(processing.registrationExpired(LATER)).isEmpty();
    assertThat(captured.registrationExpired(LATER)).isEmpty();
    assertThat(cancelled.registrationExpired(LATER)).isEmpty();
  }

  @Test
  void a_registration_ends_once() {
    Payment ended = awaited.withRegistrationEnded(NOON).withRegistrationEnded(LATER);
    assertThat(ended.progress().registrationEndedAt()).isEqualTo(NOON);
  }

  @Test
  void a_payment_can_be_paid_until_the_hold_ends() {
    awaited.requirePayable(HOLD_END.minusMillis(1));
    assertRefused(awaited, HOLD_END, "hold-expired");
    assertRefused(processing, NOON, "payment-processing");
    assertRefused(captured, NOON, "payment-captured");
    assertRefused(cancelled, NOON, "payment-cancelled");
  }

  private PaymentFailed failed(boolean wasProcessing, Instant at) {
    return new PaymentFailed(
        awaited.id(), REGISTRATION.id(), "insufficient_funds", wasProcessing, at);
  }

  private static void assertRefused(Payment payment, Instant now, String code) {
    assertThatThrownBy(() -> payment.requirePayable(now))
        .isInstanceOfSatisfying(
            RuleViolation.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private static Money cad(long amountMinor) {
    return Money.of(amountMinor, "CAD");
  }
}
