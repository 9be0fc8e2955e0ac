package io.cpdevents.registration.registrations;

import static io.cpdevents.registration.registrations.RefundRequestStatus.CANCELLED;
import static io.cpdevents.registration.registrations.RefundRequestStatus.FAILED;
import static io.cpdevents.registration.registrations.RefundRequestStatus.REQUESTED;
import static io.cpdevents.registration.registrations.RefundRequestStatus.SUCCEEDED;
import static io.cpdevents.registration.registrations.RefundRequestStatus.Trigger.REFUND_CANCELLED;
import static io.cpdevents.registration.registrations.RefundRequestStatus.Trigger.REFUND_FAILED;
import static io.cpdevents.registration.registrations.RefundRequestStatus.Trigger.REFUND_RETRIED;
import static io.cpdevents.registration.registrations.RefundRequestStatus.Trigger.REFUND_SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import io.cpdevents.registration.registrations.RefundRequestStatus.Trigger;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefundRequestStatusTest {

  @Test
  void money_that_reaches_the_buyer_is_refunded_also_after_failures() {
    assertThat(after(REFUND_SUCCEEDED)).isEqualTo(SUCCEEDED);
    assertThat(after(REFUND_RETRIED, REFUND_SUCCEEDED)).isEqualTo(SUCCEEDED);
    assertThat(after(REFUND_FAILED, REFUND_SUCCEEDED)).isEqualTo(SUCCEEDED);
    assertThat(after(REFUND_SUCCEEDED, REFUND_FAILED, REFUND_SUCCEEDED)).isEqualTo(SUCCEEDED);
  }

  @Test
  void a_failure_counts_only_when_no_other_attempt_follows() {
    assertThat(after(REFUND_RETRIED)).isEqualTo(REQUESTED);
    assertThat(after(REFUND_RETRIED, REFUND_FAILED)).isEqualTo(FAILED);
    assertThat(after(REFUND_FAILED, REFUND_RETRIED)).isEqualTo(REQUESTED);
  }

  @Test
  void money_that_comes_back_after_a_success_is_on_its_way_again() {
    assertThat(after(REFUND_SUCCEEDED, REFUND_RETRIED)).isEqualTo(REQUESTED);
    assertThat(after(REFUND_SUCCEEDED, REFUND_FAILED)).isEqualTo(FAILED);
  }

  @Test
  void what_was_called_off_stays_so_also_when_it_had_succeeded() {
    assertThat(after(REFUND_CANCELLED)).isEqualTo(CANCELLED);
    assertThat(after(REFUND_FAILED, REFUND_CANCELLED)).isEqualTo(CANCELLED);
    for (Trigger trigger : Trigger.values()) {
      assertThat(after(REFUND_CANCELLED, trigger)).isEqualTo(CANCELLED);
    }
    assertThat(after(REFUND_SUCCEEDED, REFUND_CANCELLED)).isEqualTo(CANCELLED);
  }

  @Test
  void what_is_told_twice_changes_nothing_the_second_time() {
    for (Trigger trigger : Trigger.values()) {
      assertThat(after(trigger, trigger)).isEqualTo(after(trigger));
    }
  }

  private static RefundRequestStatus after(Trigger... triggers) {
    RefundRequestStatus status = REQUESTED;
    for (Trigger trigger : List.of(triggers)) {
      status =
          switch (RefundRequestStatus.TRANSITIONS.next(status, trigger)) {
            case Changed<RefundRequestStatus>(RefundRequestStatus to, _) -> to;
            case Ignored<RefundRequestStatus> _ -> status;
          };
    }
    return status;
  }
}
