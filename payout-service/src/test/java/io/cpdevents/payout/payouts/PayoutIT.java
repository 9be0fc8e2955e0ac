package io.cpdevents.payout.payouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import com.stripe.param.PayoutCreateParams;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.contracts.billing.PayoutReservationEvent.PayoutRefused;
import io.cpdevents.contracts.billing.StripeObjectEvent.StripeObjectChanged;
import io.cpdevents.contracts.payout.PayoutEvent;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutCancelled;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutFailed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutPaid;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutRequested;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutSent;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferred;
import io.cpdevents.payout.PaidOrganization;
import io.cpdevents.platform.erasure.ErasedPerson;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.platform.test.sandbox.StripeConnection;
import io.cpdevents.platform.test.sandbox.StripeConnection.Failure;
import io.cpdevents.platform.test.sandbox.StripeSandbox;
import io.cpdevents.platform.test.sandbox.WithStripeSandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
@WithStripeSandbox
class PayoutIT {

  private static final long AMOUNT_MINOR = 10_000;
  private static final MoneyAmount AMOUNT = new MoneyAmount(AMOUNT_MINOR, "CAD");

  @Autowired private JdbcClient jdbc;
  @Autowired private MutableClock clock;
  @Autowired private ApiClient api;
  @Autowired private PaidOrganization organization;
  @Autowired private Facts facts;
  @Autowired private RecordedEvents events;
  @Autowired private StripeSandbox stripe;
  @Autowired private StripeConnection connection;
  @Autowired private StripeClient client;
  @Autowired private ForgetHoldReasons forgetHoldReasons;
  @Autowired private ForgetOldHoldReasons forgetOldHoldReasons;

  @BeforeAll
  static void wait_long_enough_for_a_busy_machine() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(45));
  }

  @Test
  void what_was_earned_goes_to_the_bank() {
    UUID payout = requestedPayout();
    assertThat(organization.payout(payout).path("status").asString()).isEqualTo("requested");
    PayoutRequested requested = events.await(PayoutRequested.class, told -> isOf(told, payout));
    assertThat(requested.amount()).isEqualTo(AMOUNT);

    organization.reserve(payout, AMOUNT_MINOR);
    organization.awaitStatus(payout, "in-transit");

    PayoutTransferred transferred =
        events.await(PayoutTransferred.class, told -> isOf(told, payout));
    JsonNode transfer = stripe.show("transfers/" + transferred.transferId());
    assertThat(transfer.path("amount").asLong()).isEqualTo(AMOUNT_MINOR);
    assertThat(transfer.path("destination").asString()).isEqualTo(organization.stripeAccountId());
    assertThat(transfer.path("balance_transaction").asString())
        .isEqualTo(transferred.balanceTransactionId());
    PayoutSent sent = events.await(PayoutSent.class, told -> isOf(told, payout));
    assertThat(organization.payout(payout).path("arrivesOn").asString())
        .isEqualTo(sent.arrivesOn().toString());

    arrives(sent.stripePayoutId());
    organization.awaitStatus(payout, "paid");
    assertThat(events.await(PayoutPaid.class, told -> isOf(told, payout)).amount())
        .isEqualTo(AMOUNT);
    assertThat(organization.payout(payout).path("paidAt").isNull()).isFalse();
  }

  @Test
  void a_payout_whose_message_was_lost_is_asked_about() {
    UUID payout = sentPayout();

    letTimePass(Duration.ofDays(7));

    organization.awaitStatus(payout, "paid");
  }

  @Test
  void what_billing_refuses_is_over_and_can_be_requested_anew() {
    UUID payout = requestedPayout();

    facts.tell(new PayoutRefused(payout, organization.id(), AMOUNT, clock.instant()));

    organization.awaitStatus(payout, "failed");
    assertThat(organization.payout(payout).path("failureReason").asString())
        .isEqualTo("balance-changed");
    organization.requestPayout(null).expect(201);
  }

  @Test
  void too_little_at_stripe_waits_says_so_and_goes_on_by_itself() {
    organization.completeOnboarding(stripe);
    // Each test starts at the same time, so the balance still changes by what earlier tests have
    // made at later seconds: this is far more than that.
    long missingMinor = 10_000_000;
    long amountMinor = platformAvailable() + missingMinor;
    organization.earn(amountMinor);
    UUID payout = organization.requestPayout(null).expect(201).id();

    organization.reserve(payout, amountMinor);

    await()
        .untilAsserted(() ->
            assertThat(organization.payout(payout).path("waitsFor").asString(""))
                .isEqualTo("platform-balance"));
    assertThat(organization.payout(payout).path("status").asString()).isEqualTo("reserved");
    stripe.book("topup", 2 * missingMinor, "cad");
    organization.awaitStatus(payout, "in-transit");
    assertThat(organization.payout(payout).path("waitsFor").isNull()).isTrue();
    assertThat(transfersOf(payout)).hasSize(1);
    List<Boolean> made = attempts(payout, "transfer");
    assertThat(made).hasSizeGreaterThan(1).endsWith(true);
    assertThat(made.subList(0, made.size() - 1)).containsOnly(false);
    assertThat(attempts(payout, "payout")).containsExactly(true);
  }

  @Test
  void an_account_that_stops_being_ready_before_the_transfer_is_not_paid() {
    UUID payout = requestedPayout();
    stripe.disable(organization.stripeAccountId(), "requirements.past_due", "company.tax_id");

    organization.reserve(payout, AMOUNT_MINOR);

    organization.awaitStatus(payout, "failed");
    PayoutFailed failed = events.await(PayoutFailed.class, told -> isOf(told, payout));
    assertThat(failed.failureReason()).isEqualTo("account-not-ready");
    assertThat(failed.failureBalanceTransactionId()).isNull();
    assertThat(failed.afterPaid()).isFalse();
    assertThat(transfersOf(payout)).isEmpty();
    organization.requestPayout(null).refused(409, "account-not-ready");
  }

  @Test
  void answers_that_are_lost_pay_nothing_twice() {
    UUID payout = requestedPayout();
    stripe.loseAnswers("POST", "/v1/transfers", 2);

    organization.reserve(payout, AMOUNT_MINOR);

    await().untilAsserted(() -> assertThat(transfersOf(payout)).hasSize(1));
    organization.awaitStatus(payout, "in-transit");
    assertThat(transfersOf(payout)).hasSize(1);
    assertThat(connection.requests("transfer:" + payout).stream().distinct()).hasSize(1);

    arrives(bankPayoutOf(payout));
    organization.awaitStatus(payout, "paid");
    organization.earn(500);
    UUID next = organization.requestPayout(null).expect(201).id();
    stripe.loseAnswers("POST", "/v1/payouts", 2);
    organization.reserve(next, 500);
    organization.awaitStatus(next, "in-transit");
    assertThat(bankPayouts()).hasSize(2);
    assertThat(connection.requests("payout:" + next).stream().distinct()).hasSize(1);
  }

  @Test
  void a_crash_after_the_transfer_goes_on_with_that_transfer() {
    UUID payout = sentPayout();
    // As if the process had died before it saved what Stripe had answered to both.
    jdbc.sql(
            """
            UPDATE payout SET status = 'requested', transfer_id = NULL, bank_payout_id = NULL,
                arrives_on = NULL, next_check_at = NULL
            WHERE id = :id
            """)
        .param("id", payout)
        .update();

    organization.reserve(payout, AMOUNT_MINOR);

    organization.awaitStatus(payout, "in-transit");
    assertThat(transfersOf(payout)).hasSize(1);
    assertThat(bankPayouts()).hasSize(1);
  }

  @Test
  void what_the_bank_sends_back_is_paid_by_the_next_payout_without_another_transfer() {
    UUID payout = sentPayout();
    String bankPayout = bankPayoutOf(payout);

    stripe.failPayout(bankPayout);
    organization.tellOfStripe(bankPayout, "payout.failed");

    organization.awaitStatus(payout, "failed");
    PayoutFailed failed = events.await(PayoutFailed.class, told -> isOf(told, payout));
    assertThat(failed.failureReason()).isEqualTo("declined");
    assertThat(failed.failureBalanceTransactionId()).isNotNull();
    assertThat(failed.afterPaid()).isFalse();

    organization.earn(2_500);
    UUID next = organization.requestPayout(null).expect(201).id();
    assertThat(organization.payout(next).path("amount").path("amountMinor").asLong())
        .isEqualTo(12_500);
    organization.reserve(next, 12_500);
    organization.awaitStatus(next, "in-transit");
    assertThat(events.await(PayoutTransferred.class, told -> isOf(told, next)).transferred())
        .isEqualTo(new MoneyAmount(2_500, "CAD"));
    arrives(bankPayoutOf(next));
    organization.awaitStatus(next, "paid");
  }

  @Test
  void a_payout_that_was_paid_and_comes_back_days_later_is_available_again() {
    UUID payout = sentPayout();
    String bankPayout = bankPayoutOf(payout);
    arrives(bankPayout);
    organization.awaitStatus(payout, "paid");
    organization.requestPayout(null).refused(409, "nothing-to-pay-out");

    stripe.failPayout(bankPayout);
    organization.tellOfStripe(bankPayout, "payout.failed");

    organization.awaitStatus(payout, "failed");
    assertThat(events.await(PayoutFailed.class, told -> isOf(told, payout)).afterPaid()).isTrue();
    UUID next = organization.requestPayout(null).expect(201).id();
    organization.reserve(next, AMOUNT_MINOR);
    organization.awaitStatus(next, "in-transit");
    assertThat(transfersOf(next)).isEmpty();
  }

  @Test
  void a_payout_is_cancelled_before_its_money_is_sent_and_billing_s_late_answer_changes_nothing() {
    UUID payout = requestedPayout();

    cancel(payout).expect(200);
    cancel(payout).expect(200);
    organization.reserve(payout, AMOUNT_MINOR);

    assertThat(organization.payout(payout).path("status").asString()).isEqualTo("cancelled");
    assertThat(events.await(PayoutCancelled.class, told -> isOf(told, payout)).amount())
        .isEqualTo(AMOUNT);
    UUID next = organization.requestPayout(null).expect(201).id();
    organization.reserve(next, AMOUNT_MINOR);
    organization.awaitStatus(next, "in-transit");
    assertThat(transfersOf(payout)).isEmpty();
    assertThat(organization.payout(payout).path("status").asString()).isEqualTo("cancelled");
  }

  @Test
  void a_payout_that_stripe_has_not_submitted_to_the_bank_is_cancelled_there() {
    UUID payout = sentPayout();

    cancel(payout).expect(200);

    PayoutCancelled cancelled = events.await(PayoutCancelled.class, told -> isOf(told, payout));
    JsonNode atStripe =
        stripe.showOn(organization.stripeAccountId(), "payouts/" + bankPayoutOf(payout));
    assertThat(atStripe.path("status").asString()).isEqualTo("canceled");
    assertThat(cancelled.balanceTransactionId())
        .isEqualTo(atStripe.path("failure_balance_transaction").asString());
    cancel(payout).expect(200);
    UUID next = organization.requestPayout(null).expect(201).id();
    organization.reserve(next, AMOUNT_MINOR);
    organization.awaitStatus(next, "in-transit");
    assertThat(transfersOf(next)).isEmpty();
    stripe.advanceClock(Duration.ofDays(2));
    cancel(next).refused(409, "too-late-to-cancel");
    arrives(bankPayoutOf(next));
    organization.awaitStatus(next, "paid");
    cancel(next).refused(409, "too-late-to-cancel");
  }

  @Test
  void platform_finance_holds_a_payout_and_releases_it() {
    UUID payout = requestedPayout();
    decide(payout, "hold").expect(200);

    organization.reserve(payout, AMOUNT_MINOR);

    await()
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql("SELECT status FROM payout WHERE id = :id")
                        .param("id", payout)
                        .query(String.class)
                        .single())
                .isEqualTo("reserved"));
    assertThat(organization.payout(payout).path("status").asString()).isEqualTo("held");
    assertThat(organization.payout(payout).path("holdReason").isNull()).isTrue();
    assertThat(finance().get("/api/v1/payouts/" + payout).expect(200).body().path("holdReason"))
        .asString()
        .contains("looks odd");
    cancel(payout).refused(409, "payout-held");

    decide(payout, "release").expect(200);

    organization.awaitStatus(payout, "in-transit");
    decide(payout, "hold").refused(409, "too-late-to-hold");
    decide(payout, "release").refused(409, "not-held");
    organization
        .as("owner")
        .post("/api/v1/payouts/" + payout + "/hold", Map.of("reason", "I want to"))
        .refused(403, "role-missing");
    finance()
        .post("/api/v1/payouts/" + UUID.randomUUID() + "/hold", Map.of("reason", "looks odd"))
        .refused(404, "payout-not-found");
    assertThat(
            events.all(AuditEntryRecorded.class).stream()
                .filter(entry -> entry.subjectId().equals(payout.toString())))
        .extracting(AuditEntryRecorded::action)
        .contains("payout.held", "payout.released");
    assertThat(events.all(AuditEntryRecorded.class))
        .as("nothing takes a name out of the audit log")
        .noneMatch(entry -> entry.toString().contains("looks odd"));
    assertThat(organization.payout(payout).path("holdNotes").isNull()).isTrue();
    JsonNode notes =
        finance().get("/api/v1/payouts/" + payout).expect(200).body().path("holdNotes");
    assertThat(notes.valueStream().map(note -> note.path("kind").asString()))
        .containsExactly("held", "released");
    assertThat(notes.valueStream().map(note -> note.path("reason").asString()))
        .containsExactly("looks odd", "looks odd");
    assertThat(notes.valueStream().map(note -> note.path("writtenBy").asString()))
        .doesNotContain("");
  }

  private List<String> reasons(UUID payout) {
    return jdbc.sql("SELECT reason FROM payout_hold_note WHERE payout_id = :id ORDER BY id")
        .param("id", payout)
        .query((row, _) -> row.getString("reason"))
        .list();
  }

  @Test
  void what_was_typed_about_a_person_goes_with_them() {
    UUID payout = requestedPayout();
    String path = "/api/v1/payouts/" + payout + "/hold";
    finance().post(path, Map.of("reason", "quentin  quillon (treasurer) called")).expect(200);
    finance()
        .post(path, Map.of("reason", "Mail Quentin Quillon q.q@example.org, Quentin Quillon"))
        .expect(200);
    finance().post(path, Map.of("reason", "Ask Quentin Quillons")).expect(200);

    forgetHoldReasons.handle(
        new ErasedPerson(
            UUID.randomUUID(),
            "now@example.org",
            "Somebody Else",
            List.of("Quentin Quillon"),
            List.of(new ErasedPerson.Address("q.q@example.org", null, null)),
            null));

    assertThat(reasons(payout))
        .containsExactly(
            "(erased) (treasurer) called",
            "Mail (erased) (erased), (erased)",
            "Ask Quentin Quillons");
  }

  @Test
  void why_a_payout_was_held_is_forgotten_when_it_is_over_for_long() {
    UUID payout = requestedPayout();
    finance()
        .post("/api/v1/payouts/" + payout + "/hold", Map.of("reason", "Ask Nadia Late"))
        .expect(200);
    clock.advance(ForgetOldHoldReasons.MAX_AGE.plusDays(1));
    forgetOldHoldReasons.handle();
    assertThat(reasons(payout)).as("it goes on").containsExactly("Ask Nadia Late");

    jdbc.sql("UPDATE payout SET status = 'cancelled' WHERE id = :id").param("id", payout).update();

    assertThat(forgetOldHoldReasons.handle()).isPositive();
    assertThat(reasons(payout)).containsExactly("(erased)");
    assertThat(
            jdbc.sql("SELECT hold_reason FROM payout WHERE id = :id")
                .param("id", payout)
                .query(String.class)
                .single())
        .isEqualTo("(erased)");
    assertThat(forgetOldHoldReasons.handle()).isZero();
  }

  @Test
  void platform_finance_calls_off_what_it_holds_and_nothing_that_goes_on_by_itself() {
    UUID payout = requestedPayout();
    cancelAs(finance(), payout).refused(409, "not-waiting");
    decide(payout, "hold").expect(200);

    cancelAs(finance(), payout).expect(200);

    assertThat(organization.payout(payout).path("status").asString()).isEqualTo("cancelled");
    cancelAs(finance(), payout).expect(200);
    cancelAs(finance(), UUID.randomUUID()).refused(404, "payout-not-found");
    UUID next = organization.requestPayout(null).expect(201).id();
    organization.reserve(next, AMOUNT_MINOR);
    organization.awaitStatus(next, "in-transit");
    cancelAs(finance(), next).refused(409, "too-late-to-cancel");
  }

  @Test
  void what_was_paid_is_asked_about_until_stripe_answers_however_long_that_takes() {
    UUID payout = sentPayout();
    String bankPayout = bankPayoutOf(payout);
    arrives(bankPayout);
    organization.awaitStatus(payout, "paid");
    stripe.failPayout(bankPayout);
    connection.failNext("GET /v1/payouts/" + bankPayout, Failure.SERVER_ERROR);

    clock.advance(Duration.ofDays(15));
    await()
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql("SELECT checks_failed FROM payout WHERE id = :id")
                        .param("id", payout)
                        .query(Integer.class)
                        .single())
                .isOne());
    clock.advance(Duration.ofMinutes(2));

    organization.awaitStatus(payout, "failed");
  }

  @Test
  void a_payout_stops_while_less_lies_on_the_account_than_a_failed_one_has_left_there() {
    UUID payout = sentPayout();
    String bankPayout = bankPayoutOf(payout);
    stripe.failPayout(bankPayout);
    organization.tellOfStripe(bankPayout, "payout.failed");
    organization.awaitStatus(payout, "failed");
    assertThat(organization.payout(payout).path("failureRemedy").asString())
        .isEqualTo("ask-the-bank");
    payOutBehindOurBack(1_000);

    UUID next = organization.requestPayout(null).expect(201).id();
    organization.reserve(next, AMOUNT_MINOR);

    await()
        .untilAsserted(() ->
            assertThat(organization.payout(next).path("waitsFor").asString(""))
                .isEqualTo("account-balance"));
    assertThat(organization.payout(next).path("status").asString()).isEqualTo("reserved");
    assertThat(transfersOf(next)).isEmpty();
    cancel(next).expect(200);
  }

  @Test
  void an_object_of_stripe_from_which_nothing_follows_is_parked_for_a_person() {
    String transfer = "tr_" + UUID.randomUUID();

    facts.tell(
        new StripeObjectChanged(
            transfer, null, "evt_" + transfer, "transfer.reversed", clock.instant()));

    await()
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql("SELECT count(*) FROM parked_message WHERE key = :key")
                        .param("key", transfer)
                        .query(Long.class)
                        .single())
                .isOne());
  }

  @Test
  void of_twenty_requests_at_once_one_becomes_a_payout() {
    organization.completeOnboarding(stripe);
    organization.earn(AMOUNT_MINOR);

    List<Answer> answers = AtOnce.times(20, () -> organization.requestPayout(null));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("payout-under-way"));
  }

  @Test
  void entries_of_payouts_that_come_late_or_early_never_free_money_twice() {
    UUID payout = sentPayout();
    arrives(bankPayoutOf(payout));
    organization.awaitStatus(payout, "paid");
    organization.requestPayout(null).refused(409, "nothing-to-pay-out");

    facts.tell(organization.entry("payout-made", -AMOUNT_MINOR).ofPayout(payout).fact());
    organization.earn(300);

    assertThat(
            organization
                .requestPayout(null)
                .expect(201)
                .body()
                .path("amount")
                .path("amountMinor")
                .asLong())
        .isEqualTo(300);
  }

  @Test
  void a_part_can_be_paid_and_no_more_than_is_available() {
    organization.completeOnboarding(stripe);
    organization.requestPayout(null).refused(409, "nothing-to-pay-out");
    organization.earn(AMOUNT_MINOR);
    organization.requestPayout(AMOUNT_MINOR + 1).refused(409, "exceeds-available");
    assertThat(organization.requestPayout(0L).refused(400, "invalid-request").fieldErrors())
        .containsExactly("amount.amountMinor: out-of-range");
    organization
        .as("owner")
        .withKey(UUID.randomUUID().toString())
        .post(organization.path("payouts"), Map.of("currency", "USD", "amount", AMOUNT))
        .refused(400, "invalid-request");
    Answer all =
        organization
            .as("owner")
            .withKey(UUID.randomUUID().toString())
            .post(
                organization.path("payouts"),
                Map.of("currency", "USD", "amount", new MoneyAmount(-1, "CAD"), "when", "now"));
    assertThat(all.refused(400, "unknown-field").fieldErrors())
        .containsExactly(
            "amount.amountMinor: out-of-range",
            "amount.currency: wrong-currency",
            "when: unknown-field");
    organization
        .as("owner")
        .post(organization.path("payouts"), Map.of("currency", "CAD"))
        .refused(400, "idempotency-key-required");

    Answer part = organization.requestPayout(4_000L).expect(201);

    assertThat(part.body().path("amount").path("amountMinor").asLong()).isEqualTo(4_000);
    organization.requestPayout(1_000L).refused(409, "payout-under-way");
  }

  @Test
  void an_organization_without_a_ready_account_is_not_paid() {
    organization.earn(AMOUNT_MINOR);

    organization.requestPayout(null).refused(409, "account-not-ready");
    organization.completeOnboarding(stripe);
    organization
        .as("owner")
        .withKey(UUID.randomUUID().toString())
        .post(organization.path("payouts"), Map.of("currency", "USD"))
        .refused(409, "account-not-ready");
  }

  @Test
  void owner_and_finance_ask_for_payouts_and_see_them_and_nobody_else() {
    UUID payout = requestedPayout();
    for (String role : List.of("admin", "staff")) {
      ApiClient member = organization.as(role);
      member
          .withKey(UUID.randomUUID().toString())
          .post(organization.path("payouts"), Map.of("currency", "CAD"))
          .refused(403, "role-missing");
      member.get(organization.path("payouts")).refused(403, "role-missing");
      member.get("/api/v1/payouts/" + payout).refused(403, "role-missing");
    }
    ApiClient stranger = api.as(TestTokens.bearer(UUID.randomUUID()));
    stranger.get(organization.path("payouts")).refused(404, "organization-not-found");
    stranger.get("/api/v1/payouts/" + payout).refused(404, "payout-not-found");
    api.get("/api/v1/payouts/" + payout).expect(401);
    JsonNode list =
        organization
            .as("finance")
            .get(organization.path("payouts"))
            .expect(200)
            .body()
            .path("data");
    assertThat(list).hasSize(1);
    assertThat(list.get(0).path("id").asString()).isEqualTo(payout.toString());
  }

  private UUID requestedPayout() {
    organization.completeOnboarding(stripe);
    stripe.book("topup", AMOUNT_MINOR + 5_000, "cad");
    organization.earn(AMOUNT_MINOR);
    return organization.requestPayout(null).expect(201).id();
  }

  private UUID sentPayout() {
    UUID payout = requestedPayout();
    organization.reserve(payout, AMOUNT_MINOR);
    organization.awaitStatus(payout, "in-transit");
    return payout;
  }

  private Answer cancel(UUID payout) {
    return cancelAs(organization.as("finance"), payout);
  }

  private static Answer cancelAs(ApiClient caller, UUID payout) {
    return caller
        .withKey(UUID.randomUUID().toString())
        .post("/api/v1/payouts/" + payout + "/cancellation", Map.of());
  }

  /** Somebody pays out in Stripe's dashboard what a payout of ours has left there. */
  private void payOutBehindOurBack(long amountMinor) {
    try {
      client
          .v1()
          .payouts()
          .create(
              PayoutCreateParams.builder().setAmount(amountMinor).setCurrency("cad").build(),
              RequestOptions.builder().setStripeAccount(organization.stripeAccountId()).build());
    } catch (StripeException e) {
      throw new AssertionError(e);
    }
  }

  private ApiClient finance() {
    return api.as(TestTokens.bearer(UUID.randomUUID(), Set.of("platform-finance"), Map.of()));
  }

  private Answer decide(UUID payout, String decision) {
    return finance()
        .post("/api/v1/payouts/" + payout + "/" + decision, Map.of("reason", "looks odd"));
  }

  private void arrives(String bankPayout) {
    stripe.advanceClock(Duration.ofDays(6));
    organization.tellOfStripe(bankPayout, "payout.paid");
  }

  private void letTimePass(Duration duration) {
    stripe.advanceClock(duration);
    clock.advance(duration);
  }

  private String bankPayoutOf(UUID payout) {
    return jdbc.sql("SELECT bank_payout_id FROM payout WHERE id = :id")
        .param("id", payout)
        .query(String.class)
        .single();
  }

  private List<JsonNode> transfersOf(UUID payout) {
    return stripe
        .show("transfers?limit=100&transfer_group=payout:" + payout)
        .path("data")
        .valueStream()
        .toList();
  }

  private List<JsonNode> bankPayouts() {
    return stripe
        .showOn(organization.stripeAccountId(), "payouts?limit=100")
        .path("data")
        .valueStream()
        .toList();
  }

  /** Of each attempt, whether Stripe has made something. */
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

  private long platformAvailable() {
    return stripe
        .show("balance")
        .path("available")
        .valueStream()
        .filter(part -> part.path("currency").asString().equals("cad"))
        .mapToLong(part -> part.path("amount").asLong())
        .sum();
  }

  private static boolean isOf(PayoutEvent told, UUID payout) {
    return told.payoutId().equals(payout);
  }
}
