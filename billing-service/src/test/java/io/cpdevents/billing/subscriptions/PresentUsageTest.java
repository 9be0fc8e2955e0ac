package io.cpdevents.billing.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.billing.plans.Plan;
import io.cpdevents.billing.subscriptions.PlanChangePreviewView.Exceeded;
import io.cpdevents.billing.subscriptions.PlanChangePreviewView.Limit;
import io.cpdevents.billing.subscriptions.PresentUsage.Counted;
import io.cpdevents.billing.subscriptions.PresentUsage.Used;
import org.junit.jupiter.api.Test;

class PresentUsageTest {

  private final Used used = new Used(new Counted(11), new Counted(500));

  @Test
  void what_is_used_beyond_a_limit_exceeds_it_and_what_reaches_it_does_not() {
    assertThat(used.beyond(new Plan.Limits(10, 500)))
        .containsExactly(new Exceeded(Limit.PUBLICATIONS, 11, 10));
    assertThat(used.beyond(new Plan.Limits(2, 50)))
        .containsExactly(
            new Exceeded(Limit.PUBLICATIONS, 11, 2), new Exceeded(Limit.REGISTRATIONS, 500, 50));
  }

  @Test
  void what_has_no_limit_is_not_exceeded() {
    assertThat(used.beyond(new Plan.Limits(null, null))).isEmpty();
  }
}
