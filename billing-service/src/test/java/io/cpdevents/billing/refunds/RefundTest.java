package io.cpdevents.billing.refunds;

import static io.cpdevents.billing.refunds.RefundScenarios.NOON;
import static io.cpdevents.billing.refunds.RefundScenarios.cad;
import static io.cpdevents.billing.refunds.RefundScenarios.dashboardRefund;
import static io.cpdevents.billing.refunds.RefundScenarios.originOf;
import static io.cpdevents.billing.refunds.RefundScenarios.payment;
import static io.cpdevents.billing.refunds.RefundScenarios.requested;
import static io.cpdevents.billing.refunds.RefundScenarios.stripeRefund;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.billing.payments.PaymentView;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.stripe.StripeCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RefundTest {

  private final RefundablePayment payment = payment(true, 10_000);
  private final Refund requested = requested(payment, cad(10_000));
  private final Refund pending = requested.accepted().orElseThrow();
  private final Refund succeeded = pending.succeeded(NOON).orElseThrow();
  private final Refund failed = pending.attemptFailed(true, NOON).orElseThrow();
  private final Refund cancelled = pending.cancelled().orElseThrow();

  @Test
  void a_payment_shows_refunds_in_every_state() {
    assertThat(PaymentView.Refund.RefundStatus.values())
        .extracting(Enum::name)
        .containsExactly(
            Arrays.stream(RefundStatus.values()).map(Enum::name).toArray(String[]::new));
  }

  @Test
  void a_refund_that_is_asked_for_waits_to_be_sent_for_the_first_time() {
    assertThat(requested.status()).isEqualTo(RefundStatus.REQUESTED);
    assertThat(requested.current().number()).isEqualTo(1);
    assertThat(requested.current().wasSent()).isFalse();
    assertThat(requested.progress().nextAttemptAt()).isEqualTo(NOON.plusSeconds(60));
    assertThat(requested.idempotencyKey(requested.current()))
        .isEqualTo("refund:" + requested.id() + ":1");
    assertThat(requested.isOurs()).isTrue();
    assertThat(requested.isOwed()).isTrue();
  }

  @Test
  void a_refund_made_at_stripe_need_not_be_sent() {
    Refund made =
        Refund.madeAtStripe(
            Ids.next(),
            originOf(payment),
            RefundShares.ofAmount(payment, RefundCause.MADE_AT_STRIPE, cad(4_000)),
            NOON);
    assertThat(made.status()).isEqualTo(RefundStatus.PENDING);
    assertThat(made.progress().nextAttemptAt()).isNull();
    assertThat(made.isOurs()).isFalse();
    assertThat(made.isOwed()).isFalse();
  }

  @Test
  void an_attempt_keeps_the_time_at_which_it_was_sent_first() {
    Refund again = requested.sent(NOON).sent(NOON.plusSeconds(10));
    assertThat(again.current().sentAt()).isEqualTo(NOON);
    assertThat(again.status()).isEqualTo(RefundStatus.REQUESTED);
  }

  @Test
  void it_is_sent_again_under_the_same_key_for_ten_minutes() {
    Refund again =
        requested.sent(NOON).sentAgain(NOON.plusSeconds(500), NOON.plusSeconds(600)).orElseThrow();
    assertThat(again.current().number()).isEqualTo(1);
    assertThat(again.current().sentAt()).isEqualTo(NOON);
    assertThat(again.current().lastSentAt()).isEqualTo(NOON.plusSeconds(600));
  }

  @Test
  void a_worn_out_key_is_replaced_only_when_nothing_was_under_way_during_the_look_up() {
    Instant lastSent = NOON.plusSeconds(599);
    Refund sent = requested.sent(NOON).sent(lastSent);
    Instant over = lastSent.plus(StripeCalls.MAX_REFUND_TIME.multipliedBy(2));
    assertThat(sent.sentAgain(over, over)).isEmpty();
    Refund next = sent.sentAgain(over.plusSeconds(1), over.plusSeconds(1)).orElseThrow();
    assertThat(next.current().number()).isEqualTo(2);
    assertThat(next.current().sentAt()).isEqualTo(over.plusSeconds(1));
  }

  @Test
  void stripe_takes_it_on_and_returns_the_money() {
    assertThat(pending.status()).isEqualTo(RefundStatus.PENDING);
    assertThat(pending.progress().nextAttemptAt()).isNull();
    assertThat(succeeded.status()).isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(succeeded.progress().succeededAt()).isEqualTo(NOON);
    assertThat(requested.succeeded(NOON)).isPresent();
  }

  @Test
  void what_is_told_twice_or_late_changes_nothing() {
    assertThat(pending.accepted()).isEmpty();
    assertThat(succeeded.accepted()).isEmpty();
    assertThat(succeeded.succeeded(NOON)).isEmpty();
    assertThat(failed.accepted()).isEmpty();
    assertThat(failed.attemptFailed(false, NOON)).isEmpty();
    assertThat(failed.cancelled()).isEmpty();
    assertThat(cancelled.accepted()).isEmpty();
    assertThat(cancelled.attemptFailed(false, NOON)).isEmpty();
    assertThat(cancelled.cancelled()).isEmpty();
  }

  @Test
  void what_stripe_cannot_say_is_refused() {
    assertThatThrownBy(() -> cancelled.succeeded(NOON)).isInstanceOf(RuleViolation.class);
  }

  @Test
  void a_failed_attempt_is_followed_after_an_hour_and_then_after_a_day() {
    Refund second = pending.attemptFailed(false, NOON).orElseThrow();
    assertThat(second.status()).isEqualTo(RefundStatus.REQUESTED);
    assertThat(second.current().number()).isEqualTo(2);
    assertThat(second.progress().nextAttemptAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));

    Refund third = second.attemptFailed(false, NOON).orElseThrow();
    assertThat(third.current().number()).isEqualTo(3);
    assertThat(third.progress().nextAttemptAt()).isEqualTo(NOON.plus(Duration.ofDays(1)));

    Refund usedUp = third.attemptFailed(false, NOON).orElseThrow();
    assertThat(usedUp.status()).isEqualTo(RefundStatus.FAILED);
    assertThat(usedUp.current().number()).isEqualTo(3);
    assertThat(usedUp.progress().nextAttemptAt()).isNull();
  }

  @Test
  void money_that_comes_back_is_owed_again() {
    Refund again = succeeded.attemptFailed(false, NOON).orElseThrow();
    assertThat(again.status()).isEqualTo(RefundStatus.REQUESTED);
    assertThat(again.progress().succeededAt()).isNull();
    Refund stuck = succeeded.attemptFailed(true, NOON).orElseThrow();
    assertThat(stuck.status()).isEqualTo(RefundStatus.FAILED);
    assertThat(stuck.isOwed()).isTrue();
  }

  @Test
  void without_an_automatic_retry_a_person_has_to_help() {
    Refund refused = requested.refused(1, "expired").attemptFailed(true, NOON).orElseThrow();
    assertThat(refused.status()).isEqualTo(RefundStatus.FAILED);
    assertThat(refused.current().failure()).isEqualTo("expired");
    assertThat(refused.current().settled()).isTrue();
    assertThat(refused.needsPerson()).isTrue();
  }

  @Test
  void nobody_has_to_help_while_somebody_does() {
    Refund refused = requested.refused(1, "expired").attemptFailed(true, NOON).orElseThrow();
    Refund helped =
        refused
            .withNextAttempt()
            .answered(2, dashboardRefund(cad(10_000), StripeRefund.Status.PENDING));
    assertThat(helped.needsPerson()).isFalse();
    assertThat(helped.status()).isEqualTo(RefundStatus.FAILED);
    assertThat(helped.current().number()).isEqualTo(2);
    assertThat(helped.succeeded(NOON)).isPresent();
  }

  @Test
  void a_refund_that_was_called_off_is_owed_no_more() {
    assertThat(cancelled.status()).isEqualTo(RefundStatus.CANCELLED);
    assertThat(cancelled.isOwed()).isFalse();
    assertThat(requested.cancelled()).isPresent();
  }

  @Test
  void a_dispute_in_the_way_is_waited_for_and_does_not_count_as_a_try() {
    Refund waiting = requested;
    for (int day = 1; day <= 5; day++) {
      waiting =
          waiting
              .sent(NOON)
              .refused(waiting.current().number(), "charge_disputed")
              .disputed(NOON, true)
              .orElseThrow();
      assertThat(waiting.status()).isEqualTo(RefundStatus.REQUESTED);
      assertThat(waiting.current().number()).isEqualTo(day + 1);
      assertThat(waiting.progress().nextAttemptAt()).isEqualTo(NOON.plus(Duration.ofDays(1)));
    }
    Refund failedOnce = waiting.attemptFailed(false, NOON).orElseThrow();
    assertThat(failedOnce.progress().nextAttemptAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
  }

  @Test
  void a_refund_that_is_overtaken_by_a_part_owes_the_rest_under_another_key() {
    RefundShares rest = RefundShares.ofAmount(payment, RefundCause.REQUESTED, cad(6_000));
    Refund untouched = requested.overtaken(rest, NOON);
    assertThat(untouched.amount()).isEqualTo(cad(6_000));
    assertThat(untouched.current().number()).isEqualTo(1);
    Refund sent = requested.sent(NOON).overtaken(rest, NOON);
    assertThat(sent.current().number()).isEqualTo(2);
    assertThat(sent.status()).isEqualTo(RefundStatus.REQUESTED);
    assertThat(sent.progress().nextAttemptAt()).isEqualTo(NOON);
  }

  @Test
  void a_refund_that_is_overtaken_by_all_of_it_is_owed_no_more() {
    RefundShares nothing = RefundShares.ofAmount(payment, RefundCause.REQUESTED, cad(0));
    Refund overtaken = failed.overtaken(nothing, NOON);
    assertThat(overtaken.status()).isEqualTo(RefundStatus.CANCELLED);
    assertThat(overtaken.amount()).isEqualTo(cad(10_000));
    assertThatThrownBy(() -> succeeded.overtaken(nothing, NOON)).isInstanceOf(RuleViolation.class);
  }

  @Test
  void an_answer_is_noted_on_its_attempt_alone() {
    Refund second = pending.attemptFailed(false, NOON).orElseThrow();
    Refund answered = second.answered(1, stripeRefund(second, 1, StripeRefund.Status.FAILED));
    assertThat(answered.attempt(1).orElseThrow().isOver()).isTrue();
    assertThat(answered.attempt(1).orElseThrow().failure()).isEqualTo("expired_or_canceled_card");
    assertThat(answered.attemptOf("re_1")).contains(answered.attempt(1).orElseThrow());
    assertThat(answered.current().isAnswered()).isFalse();
    assertThat(answered.status()).isEqualTo(RefundStatus.REQUESTED);
  }

  @Test
  void its_break_is_found_under_the_refund_and_each_attempt_at_stripe() {
    Refund answered =
        pending.answered(1, dashboardRefund(cad(10_000), StripeRefund.Status.PENDING));
    assertThat(pending.breakIds()).containsExactly("refund:" + pending.id());
    assertThat(answered.breakIds()).containsExactly("refund:" + pending.id(), "re_dashboard");
  }
}
