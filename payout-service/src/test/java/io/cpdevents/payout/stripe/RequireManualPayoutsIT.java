package io.cpdevents.payout.stripe;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.BalanceSettingsUpdateParams;
import com.stripe.param.BalanceSettingsUpdateParams.Payments;
import com.stripe.param.BalanceSettingsUpdateParams.Payments.Payouts;
import com.stripe.param.BalanceSettingsUpdateParams.Payments.Payouts.Schedule;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.sandbox.StripeConnection;
import io.cpdevents.platform.test.sandbox.StripeConnection.Failure;
import io.cpdevents.platform.test.sandbox.WithStripeSandbox;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;

@CpdIntegrationTest
@WithStripeSandbox
class RequireManualPayoutsIT {

  @Autowired private RequireManualPayouts requireManualPayouts;
  @Autowired private StripeClient client;
  @Autowired private StripeConnection connection;

  @AfterEach
  void pay_out_by_hand_again() throws StripeException {
    payOut(Schedule.Interval.MANUAL);
  }

  @Test
  void a_platform_that_is_paid_out_by_itself_does_not_start_and_says_what_to_do()
      throws StripeException {
    assertThatCode(this::start).doesNotThrowAnyException();
    payOut(Schedule.Interval.DAILY);

    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pays out by itself (daily)")
        .hasMessageContaining("payments[payouts][schedule][interval]=manual");
  }

  @Test
  void a_platform_that_cannot_ask_stripe_starts() {
    connection.failNext("GET /v1/balance_settings", Failure.SERVER_ERROR);

    assertThatCode(this::start).doesNotThrowAnyException();
  }

  @Test
  void a_key_that_may_not_ask_does_not_start_and_says_what_to_do() {
    for (Failure refusal : List.of(Failure.NO_PERMISSION, Failure.REFUSAL)) {
      connection.failNext("GET /v1/balance_settings", refusal);

      assertThatThrownBy(this::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("CPD_STRIPE_API_KEY the permission to read balance settings");
    }
  }

  private void start() {
    requireManualPayouts.run(new DefaultApplicationArguments());
  }

  private void payOut(Schedule.Interval interval) throws StripeException {
    client
        .v1()
        .balanceSettings()
        .update(
            BalanceSettingsUpdateParams.builder()
                .setPayments(
                    Payments.builder()
                        .setPayouts(
                            Payouts.builder()
                                .setSchedule(Schedule.builder().setInterval(interval).build())
                                .build())
                        .build())
                .build());
  }
}
