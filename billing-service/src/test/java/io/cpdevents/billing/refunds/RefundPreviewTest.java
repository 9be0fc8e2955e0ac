package io.cpdevents.billing.refunds;

import static io.cpdevents.billing.refunds.RefundScenarios.NOON;
import static io.cpdevents.billing.refunds.RefundScenarios.cad;
import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.billing.organizations.PayableMoney.Payable;
import io.cpdevents.billing.refunds.RefundPreview.NextPayout;
import org.junit.jupiter.api.Test;

class RefundPreviewTest {

  @Test
  void the_next_payout_is_smaller_by_what_the_organization_bears_of_released_money() {
    assertThat(NextPayout.of(new Payable(cad(9_000), true, cad(0), null), cad(2_000)))
        .isEqualTo(new NextPayout(cad(9_000), cad(7_000), null));
  }

  @Test
  void while_the_events_money_is_not_released_the_next_payout_stays_as_it_is() {
    assertThat(NextPayout.of(new Payable(cad(9_000), false, cad(0), NOON), cad(2_000)))
        .isEqualTo(new NextPayout(cad(9_000), cad(9_000), NOON));
  }

  @Test
  void a_refund_takes_what_waits_of_a_partly_paid_event_before_it_makes_the_next_payout_smaller() {
    assertThat(NextPayout.of(new Payable(cad(9_000), true, cad(1_500), NOON), cad(2_000)))
        .isEqualTo(new NextPayout(cad(9_000), cad(8_500), NOON));
    assertThat(NextPayout.of(new Payable(cad(9_000), true, cad(1_500), NOON), cad(1_500)))
        .isEqualTo(new NextPayout(cad(9_000), cad(9_000), NOON));
  }

  @Test
  void a_payout_never_pays_less_than_nothing() {
    assertThat(NextPayout.of(new Payable(cad(500), true, cad(0), null), cad(2_000)))
        .isEqualTo(new NextPayout(cad(500), cad(0), null));
    assertThat(NextPayout.of(new Payable(cad(-500), true, cad(0), null), cad(2_000)))
        .isEqualTo(new NextPayout(cad(0), cad(0), null));
  }
}
