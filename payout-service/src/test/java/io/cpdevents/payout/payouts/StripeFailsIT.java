package io.cpdevents.payout.payouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.payout.PaidOrganization;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.sandbox.StripeConnection;
import io.cpdevents.platform.test.sandbox.StripeSandbox;
import io.cpdevents.platform.test.sandbox.WithStripeSandbox;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of a payout at which Stripe fails for longer than a moment. */
@CpdIntegrationTest
@WithStripeSandbox
class StripeFailsIT {

  private static final long AMOUNT_MINOR = 7_500;

  /** So long Stripe has not begun with what it is asked for. */
  private static final Duration A_MOMENT = Duration.ofSeconds(6);

  @Autowired private JdbcClient jdbc;
  @Autowired private StripeSandbox stripe;
  @Autowired private StripeConnection connection;
  @Autowired private CircuitBreakerRegistry breakers;
  @Autowired private PaidOrganization organization;

  @BeforeAll
  static void wait_long_enough_for_a_busy_machine() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(45));
  }

  /** So many failures open the breaker, and the tests that come next share it. */
  @AfterEach
  void close_the_breaker() {
    breakers.getAllCircuitBreakers().forEach(CircuitBreaker::reset);
  }

  @Test
  void a_payout_whose_account_is_disconnected_after_the_transfer_has_failed() {
    UUID payout = requestedPayout();
    stripe.delayAnswers("POST", "/v1/payouts", 1, A_MOMENT);

    organization.reserve(payout, AMOUNT_MINOR);
    awaitAttempts(payout, "payout", false);
    stripe.disconnect(organization.stripeAccountId());

    organization.awaitStatus(payout, "failed");
    assertThat(organization.payout(payout).path("failureReason").asString())
        .isEqualTo("account_invalid");
    assertThat(organization.payout(payout).path("failureRemedy").asString())
        .isEqualTo("contact-support");
  }

  @Test
  void a_failure_that_stripe_has_stored_is_left_behind_with_its_key() {
    UUID payout = requestedPayout();
    stripe.storeFailures("POST", "/v1/transfers", 1);

    organization.reserve(payout, AMOUNT_MINOR);
    await()
        .untilAsserted(
            () -> assertThat(connection.requests("transfer:" + payout)).hasSizeGreaterThan(1));
    assertThat(attempts(payout, "transfer")).containsExactly(false);
    stripe.storeFailures("POST", "/v1/payouts", 1);
    elevenMinutesPass(payout, "transfer");

    awaitAttempts(payout, "transfer", false, true);
    awaitAttempts(payout, "payout", false);
    elevenMinutesPass(payout, "bank");

    awaitAttempts(payout, "payout", false, true);
    organization.awaitStatus(payout, "in-transit");
    assertThat(listed("transfers?limit=100&transfer_group=payout:" + payout)).isOne();
    assertThat(
            stripe.showOn(organization.stripeAccountId(), "payouts?limit=100").path("data").size())
        .isOne();
  }

  private UUID requestedPayout() {
    organization.completeOnboarding(stripe);
    stripe.book("topup", AMOUNT_MINOR, "cad");
    organization.earn(AMOUNT_MINOR);
    return organization.requestPayout(null).expect(201).id();
  }

  /** Of the machine's time, which nobody moves. */
  private void elevenMinutesPass(UUID payout, String step) {
    jdbc.sql(
            "UPDATE payout SET %1$s_sent_at = %1$s_sent_at - interval '11 minutes' WHERE id = :id"
                .formatted(step))
        .param("id", payout)
        .update();
  }

  /** Of each attempt, whether Stripe has made something. */
  private void awaitAttempts(UUID payout, String step, Boolean... made) {
    await().untilAsserted(() -> assertThat(attempts(payout, step)).containsExactly(made));
  }

  private List<Boolean> attempts(UUID payout, String step) {
    return jdbc.sql(
            """
            SELECT stripe_id IS NOT NULL FROM payout_attempt
            WHERE payout_id = :payout AND step = :step ORDER BY attempt
            """)
        .param("payout", payout)
        .param("step", step)
        .query((row, _) -> row.getBoolean(1))
        .list();
  }

  private int listed(String path) {
    return stripe.show(path).path("data").size();
  }
}
