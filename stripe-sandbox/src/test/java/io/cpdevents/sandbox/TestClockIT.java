package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.model.testhelpers.TestClock;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.testhelpers.TestClockAdvanceParams;
import com.stripe.param.testhelpers.TestClockCreateParams;
import org.junit.jupiter.api.Test;

class TestClockIT extends SubscribedSandbox {

  @Test
  void a_test_clock_moves_the_time_of_its_customers() throws Exception {
    TestClock clock =
        client()
            .v1()
            .testHelpers()
            .testClocks()
            .create(TestClockCreateParams.builder().setFrozenTime(now()).setName("trial").build());
    String customer =
        client()
            .v1()
            .customers()
            .create(CustomerCreateParams.builder().setTestClock(clock.getId()).build())
            .getId();
    Subscription trial = create(trialOf(now() + 14 * DAY).setCustomer(customer));

    TestClock advancing = advance(clock, clock.getFrozenTime() + 15 * DAY);

    assertThat(advancing.getStatus()).isEqualTo("advancing");
    awaited("test_helpers.test_clock.ready");
    await().atMost(MAX_WAIT_TIME).until(() -> now(clock).getStatus().equals("ready"));
    assertThat(status(trial)).isEqualTo("canceled");
    assertThat(client().v1().customers().retrieve(customer).getTestClock())
        .isEqualTo(clock.getId());
    assertThatThrownBy(() -> advance(clock, clock.getFrozenTime()))
        .isInstanceOf(InvalidRequestException.class);
  }

  private TestClock advance(TestClock clock, long time) throws StripeException {
    return client()
        .v1()
        .testHelpers()
        .testClocks()
        .advance(clock.getId(), TestClockAdvanceParams.builder().setFrozenTime(time).build());
  }

  private TestClock now(TestClock clock) throws StripeException {
    return client().v1().testHelpers().testClocks().retrieve(clock.getId());
  }
}
