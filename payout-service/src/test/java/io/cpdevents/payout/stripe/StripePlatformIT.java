package io.cpdevents.payout.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import io.cpdevents.payout.PaidOrganization;
import io.cpdevents.platform.stripe.StripePlatform;
import io.cpdevents.platform.stripe.StripeSettings;
import io.cpdevents.platform.stripe.StripeUnavailable;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.sandbox.StripeConnection;
import io.cpdevents.platform.test.sandbox.StripeConnection.Failure;
import io.cpdevents.platform.test.sandbox.StripeSandbox;
import io.cpdevents.platform.test.sandbox.WithStripeSandbox;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@CpdIntegrationTest
@WithStripeSandbox
class StripePlatformIT {

  private static final String OURS = "acct_1SandboxPlatform00";
  private static final String OTHER = "acct_1SandboxStranger00";

  @Autowired private StripePlatform platform;
  @Autowired private PayoutAccounts accounts;
  @Autowired private ConnectedMoney money;
  @Autowired private StripeClient client;
  @Autowired private JdbcClient jdbc;
  @Autowired private StripeSandbox stripe;
  @Autowired private StripeConnection connection;
  @Autowired private PaidOrganization organization;

  @AfterEach
  void the_platform_is_ours_again() {
    jdbc.sql("UPDATE stripe_platform SET account_id = :ours").param("ours", OURS).update();
  }

  @Test
  void the_owner_of_the_key_is_kept_and_another_one_does_not_start_until_it_is_accepted() {
    assertThatCode(platform::start).doesNotThrowAnyException();
    assertThat(kept()).isEqualTo(OURS);
    connection.useKeyOfAnotherPlatform();

    assertThatThrownBy(platform::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is a key of Stripe's account " + OTHER)
        .hasMessageContaining("CPD_STRIPE_ACCEPTED_ACCOUNT=" + OTHER);
    assertThat(kept()).isEqualTo(OURS);
    assertThatThrownBy(() -> accepting("acct_another").start())
        .isInstanceOf(IllegalStateException.class);

    accepting(OTHER).start();

    assertThat(kept()).isEqualTo(OTHER);
    assertThatCode(platform::start).doesNotThrowAnyException();
  }

  @Test
  void a_stripe_that_does_not_answer_stops_no_start() {
    connection.failNext("GET /v1/account", Failure.SERVER_ERROR);

    assertThatCode(platform::start).doesNotThrowAnyException();
  }

  @Test
  void to_the_key_of_another_platform_no_account_counts_as_disconnected() {
    organization.completeOnboarding(stripe);
    String account = organization.stripeAccountId();
    connection.useKeyOfAnotherPlatform();

    assertThatThrownBy(() -> accounts.get(account)).isInstanceOf(StripeUnavailable.class);
    assertThatThrownBy(() -> money.bankPayout(account, "po_" + UUID.randomUUID()))
        .isInstanceOf(StripeUnavailable.class);
  }

  @Test
  void an_account_counts_as_disconnected_once_stripe_has_told_whose_key_it_is() {
    organization.completeOnboarding(stripe);
    String account = organization.stripeAccountId();
    stripe.disconnect(account);
    connection.failNext("GET /v1/account", Failure.NONE, Failure.NO_PERMISSION);

    assertThatThrownBy(() -> accounts.get(account)).isInstanceOf(StripeUnavailable.class);
    assertThat(accounts.get(account)).isEmpty();
  }

  private StripePlatform accepting(String account) {
    return new StripePlatform(
        client,
        new StripeSettings("http://127.0.0.1:1", "sk_test_other", "", "", account, 1),
        jdbc);
  }

  private String kept() {
    return jdbc.sql("SELECT account_id FROM stripe_platform").query(String.class).single();
  }
}
