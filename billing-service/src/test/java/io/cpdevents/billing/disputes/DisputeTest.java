package io.cpdevents.billing.disputes;

import static io.cpdevents.billing.disputes.DisputeScenarios.NOON;
import static io.cpdevents.billing.disputes.DisputeScenarios.cad;
import static io.cpdevents.billing.disputes.DisputeScenarios.payment;
import static io.cpdevents.billing.disputes.DisputeScenarios.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.billing.disputes.DisputeScenarios.Course;
import io.cpdevents.billing.disputes.DisputeScenarios.Told;
import io.cpdevents.platform.error.RuleViolation;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisputeTest {

  @ParameterizedTest
  @ValueSource(strings = {"needs_response", "warning_needs_response"})
  void a_bank_that_waits_can_be_answered(String status) {
    Dispute dispute = dispute(told(status));
    dispute.requireAnswerable();
    dispute.requireUndecided();
    assertThat(dispute.claim().awaitsEvidence()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "under_review, already-submitted",
    "warning_under_review, already-submitted",
    "won, dispute-closed",
    "lost, dispute-closed",
    "warning_closed, dispute-closed",
    "prevented, dispute-closed"
  })
  void a_bank_that_does_not_wait_any_more_is_neither_answered_nor_given_in_to(
      String status, String code) {
    Dispute dispute = dispute(told(status));
    assertRefused(dispute::requireAnswerable, code);
    assertRefused(dispute::requireUndecided, code);
  }

  @Test
  void without_a_time_for_evidence_it_can_only_be_given_in_to() {
    Dispute dispute = dispute(told("needs_response").dueBy(null));
    assertRefused(dispute::requireAnswerable, "no-response-allowed");
    dispute.requireUndecided();
  }

  @Test
  void after_an_inquiry_that_was_answered_the_chargeback_can_be_answered_again() {
    Course course = new Course(payment());
    course.on(told("warning_under_review").submitted());
    course.on(told("needs_response").submitted().withdrawn());
    course.dispute().requireAnswerable();
  }

  @ParameterizedTest
  @EnumSource(DisputeTrigger.class)
  void what_a_bank_has_decided_is_never_open_again(DisputeTrigger trigger) {
    for (DisputeStatus decided : new DisputeStatus[] {DisputeStatus.WON, DisputeStatus.LOST}) {
      Dispute dispute = dispute(told(decided == DisputeStatus.WON ? "won" : "lost"));
      assertThat(dispute.status()).isEqualTo(decided);
      assertThat(dispute.on(trigger, NOON).map(Dispute::status))
          .isNotEqualTo(Optional.of(DisputeStatus.OPEN))
          .isNotEqualTo(Optional.of(DisputeStatus.INQUIRY));
    }
  }

  @Test
  void a_loss_without_a_withdrawal_is_asked_about_until_it_is_there() {
    Course course = new Course(payment());
    course.on(told("lost"));
    assertThat(course.dispute().isSettled()).isFalse();
    course.on(told("lost").withdrawn());
    assertThat(course.dispute().isSettled()).isTrue();
    assertThat(course.dispute().money().taken()).isEqualTo(cad(10_000));
  }

  @Test
  void what_was_called_off_with_money_out_is_asked_about_until_that_has_come_back() {
    Course course = new Course(payment());
    course.on(told("needs_response").withdrawn());
    course.on(told("prevented").withdrawn());
    assertThat(course.dispute().isSettled()).isFalse();
    assertThat(course.openDisputes()).isEqualTo(1);
    course.on(told("prevented").withdrawn().moving(cad(10_000)));
    assertThat(course.dispute().isSettled()).isTrue();
    assertThat(course.openDisputes()).isZero();
  }

  private static Dispute dispute(Told told) {
    Course course = new Course(payment());
    course.on(told);
    return course.dispute();
  }

  private static void assertRefused(Runnable answer, String code) {
    assertThatThrownBy(answer::run)
        .isInstanceOfSatisfying(
            RuleViolation.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
