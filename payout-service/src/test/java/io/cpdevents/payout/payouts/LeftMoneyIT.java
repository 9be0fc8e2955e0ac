package io.cpdevents.payout.payouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import com.stripe.param.PayoutCreateParams;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.payout.LeftMoneyBearer;
import io.cpdevents.contracts.payout.PayoutEvent;
import io.cpdevents.contracts.payout.PayoutEvent.LeftMoneySettled;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutFailed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutPaid;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferReversed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferred;
import io.cpdevents.payout.PaidOrganization;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.platform.test.sandbox.StripeConnection;
import io.cpdevents.platform.test.sandbox.StripeConnection.Failure;
import io.cpdevents.platform.test.sandbox.StripeSandbox;
import io.cpdevents.platform.test.sandbox.WithStripeSandbox;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What becomes of money on accounts that cannot be used any more. */
@CpdIntegrationTest
@WithStripeSandbox
class LeftMoneyIT {

  private static final long AMOUNT_MINOR = 8_000;
  private static final String LIST_PAYOUTS = "GET /v1/payouts?";

  @Autowired private JdbcClient jdbc;
  @Autowired private MutableClock clock;
  @Autowired private ApiClient api;
  @Autowired private PaidOrganization organization;
  @Autowired private RecordedEvents events;
  @Autowired private StripeSandbox stripe;
  @Autowired private StripeConnection connection;
  @Autowired private StripeClient client;
  @Autowired private AskAboutPayouts ask;
  @Autowired private TakeBackLeftMoney takeBack;
  @Autowired private OpenQuestionQueries questions;

  private final String finance = finance();
  private final String secondOfFinance = finance();

  @BeforeAll
  static void wait_long_enough_for_a_busy_machine() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(45));
  }

  @Test
  void what_lies_on_an_account_that_is_disconnected_is_taken_back_and_paid_through_another() {
    UUID payout = returnedPayout();
    organization.disconnect(stripe);

    takeBack.handle();
    PayoutTransferReversed reversed =
        events.await(PayoutTransferReversed.class, told -> isOf(told, payout));

    assertThat(reversed.reversed()).isEqualTo(cad(AMOUNT_MINOR));
    assertThat(stripe.show("transfers/" + reversed.transferId()).path("amount_reversed").asLong())
        .isEqualTo(AMOUNT_MINOR);
    assertThat(openQuestion(payout)).isNull();
    assertThat(paidThroughAnotherAccount(AMOUNT_MINOR)).isEqualTo(AMOUNT_MINOR);
  }

  @Test
  void a_payout_in_transit_whose_account_is_disconnected_blocks_nothing_and_is_found_to_be_paid() {
    UUID payout = sentPayout();
    disconnectUnderWay();

    organization.awaitStatus(payout, "unconfirmed");
    assertThat(openQuestion(payout)).isEqualTo(OpenQuestion.Kind.UNCONFIRMED);
    assertThat(nextCheck(payout)).isZero();
    organization.earn(500);
    assertThat(paidThroughAnotherAccount(500)).isEqualTo(500);
    propose(payout, "written-off", finance).refused(409, "not-settleable");
    propose(payout, "paid", finance).expect(202);
    approve(payout, finance).refused(403, "four-eyes");
    approve(payout, organization.bearer("owner")).refused(403, "role-missing");

    approve(payout, secondOfFinance).expect(200);

    organization.awaitStatus(payout, "paid");
    events.await(PayoutPaid.class, told -> isOf(told, payout));
    assertThat(openQuestion(payout)).isNull();
    approve(payout, secondOfFinance).refused(404, "no-settlement-proposed");
    propose(payout, "not-paid", finance).refused(409, "not-settleable");
    organization.requestPayout(null).refused(409, "payout-under-way");
  }

  @Test
  void what_did_not_arrive_and_is_not_given_back_is_withheld_until_it_is_written_off() {
    UUID payout = sentPayout();
    disconnectUnderWay();
    organization.awaitStatus(payout, "unconfirmed");
    propose(payout, "not-paid", finance).expect(202);

    approve(payout, secondOfFinance).expect(200);

    PayoutFailed failed = events.await(PayoutFailed.class, told -> isOf(told, payout));
    assertThat(failed.failureReason()).isEqualTo("account-disconnected");
    assertThat(failed.failureBalanceTransactionId()).startsWith("settlement:");
    awaitQuestion(payout, OpenQuestion.Kind.MONEY_LEFT);
    organization.completeOnboarding(stripe);
    organization.requestPayout(null).refused(409, "money-withheld");
    assertThat(withheld()).isEqualTo(AMOUNT_MINOR);
    propose(payout, "written-off", finance).expect(202);
    approve(payout, secondOfFinance).expect(200);
    assertThat(withheld()).isZero();

    LeftMoneySettled settled = events.await(LeftMoneySettled.class, told -> isOf(told, payout));
    assertThat(settled.settled()).isEqualTo(cad(AMOUNT_MINOR));
    assertThat(settled.bearer()).isEqualTo(LeftMoneyBearer.PLATFORM);
    assertThat(openQuestion(payout)).isNull();
    assertThat(sent(AMOUNT_MINOR)).isEqualTo(AMOUNT_MINOR);
  }

  @Test
  void what_a_payout_without_a_transfer_has_left_is_taken_back_by_that_of_an_earlier_one() {
    UUID first = returnedPayout();
    UUID second = organization.requestPayout(null).expect(201).id();
    organization.reserve(second, AMOUNT_MINOR);
    organization.awaitStatus(second, "in-transit");
    stripe.failPayout(bankPayout(second));
    disconnectUnderWay();
    organization.awaitStatus(second, "unconfirmed");
    takeBack.handle();
    assertThat(isAskedForReversal(first)).isFalse();
    propose(second, "not-paid", finance).expect(202);
    approve(second, secondOfFinance).expect(200);

    takeBack.handle();

    assertThat(events.await(PayoutTransferReversed.class, told -> isOf(told, first)).reversed())
        .isEqualTo(cad(AMOUNT_MINOR));
    assertThat(openQuestion(second)).isNull();
    assertThat(paidThroughAnotherAccount(AMOUNT_MINOR)).isEqualTo(AMOUNT_MINOR);
  }

  @Test
  void a_reversal_at_which_stripe_has_stored_a_failure_is_made_under_another_key() {
    UUID payout = returnedPayout();
    stripe.storeFailures("POST", "/v1/transfers/*/reversals", 1);
    organization.disconnect(stripe);
    await()
        .untilAsserted(
            () -> assertThat(connection.requests("reversal:" + payout + ":1")).isNotEmpty());
    clock.advance(Duration.ofMinutes(61));
    assertThat(
            api.as(support())
                .get("/api/v1/ops/payout/processes/transfer-reversal/states/sent?limit=100")
                .expect(200)
                .body()
                .path("data")
                .valueStream()
                .map(stuck -> stuck.path("id").asString()))
        .contains(payout.toString());

    jdbc.sql(
            """
            UPDATE transfer_reversal SET sent_at = sent_at - interval '11 minutes'
            WHERE payout_id = :payout
            """)
        .param("payout", payout)
        .update();
    clock.advance(Duration.ofMinutes(6));

    assertThat(events.await(PayoutTransferReversed.class, told -> isOf(told, payout)).reversed())
        .isEqualTo(cad(AMOUNT_MINOR));
    assertThat(connection.requests("reversal:" + payout + ":2")).hasSize(1);
  }

  @Test
  void what_stripe_does_not_take_back_because_the_account_is_gone_is_left_to_people() {
    UUID payout = returnedPayout();
    connection.failNext("/reversals", Failure.DISCONNECTED);
    organization.disconnect(stripe);

    awaitQuestion(payout, OpenQuestion.Kind.MONEY_LEFT);
    propose(payout, "paid", finance).expect(202);
  }

  @Test
  void what_the_organization_has_kept_is_not_paid_again() {
    UUID payout = sentPayout();
    disconnectUnderWay();
    organization.awaitStatus(payout, "unconfirmed");
    propose(payout, "not-paid", finance).expect(202);
    approve(payout, secondOfFinance).expect(200);
    awaitQuestion(payout, OpenQuestion.Kind.MONEY_LEFT);
    organization.completeOnboarding(stripe);
    organization.earn(700);
    propose(payout, "paid", finance).expect(202);

    approve(payout, secondOfFinance).expect(200);

    assertThat(events.await(LeftMoneySettled.class, told -> isOf(told, payout)).bearer())
        .isEqualTo(LeftMoneyBearer.ORGANIZATION);
    assertThat(sent(700)).isEqualTo(700);
    JsonNode totals =
        organization
            .as("finance")
            .get("/api/v1/payouts/" + lastPayout() + "/statement")
            .expect(200)
            .body()
            .path("totals");
    assertThat(totals.path("net").path("amountMinor").asLong()).isEqualTo(700);
    assertThat(totals.path("carriedOver").path("amountMinor").asLong()).isEqualTo(-AMOUNT_MINOR);
  }

  @Test
  void a_lost_answer_to_the_bank_payout_and_a_disconnection_end_the_payout() {
    UUID payout = requestedPayout();
    String account = organization.stripeAccountId();
    stripe.loseAnswers("POST", "/v1/payouts", 2);
    int asked = connection.requests(LIST_PAYOUTS).size();
    connection.failNext(
        LIST_PAYOUTS,
        Failure.REFUSAL,
        Failure.SERVER_ERROR,
        Failure.SERVER_ERROR,
        Failure.SERVER_ERROR);
    organization.reserve(payout, AMOUNT_MINOR);
    await()
        .untilAsserted(
            () -> assertThat(connection.requests(LIST_PAYOUTS)).hasSizeGreaterThan(asked));
    assertThat(stripe.showOn(account, "payouts?limit=100").path("data")).hasSize(1);
    organization.disconnect(stripe);

    await()
        .until(() -> {
          retryAtOnce();
          return organization.payout(payout).path("status").asString().equals("failed");
        });

    assertThat(organization.payout(payout).path("failureReason").asString())
        .isEqualTo("account_invalid");
    awaitQuestion(payout, OpenQuestion.Kind.MONEY_LEFT);
    organization.completeOnboarding(stripe);
    organization.requestPayout(null).refused(409, "money-withheld");
  }

  @Test
  void a_payout_that_was_requested_before_the_account_was_changed_fails_and_the_next_one_goes() {
    returnedPayout();
    organization.earn(300);
    UUID waiting = organization.requestPayout(null).expect(201).id();
    payOutBehindOurBack(AMOUNT_MINOR);
    organization.disconnect(stripe);
    organization.completeOnboarding(stripe);

    organization.reserve(waiting, AMOUNT_MINOR + 300);

    organization.awaitStatus(waiting, "failed");
    assertThat(organization.payout(waiting).path("failureRemedy").asString())
        .isEqualTo("request-again");
    assertThat(sent(300)).isEqualTo(300);
  }

  @Test
  void what_is_missing_on_an_emptied_account_is_settled_and_the_rest_is_paid() {
    UUID payout = returnedPayout();
    payOutBehindOurBack(3_000);
    UUID waiting = organization.requestPayout(null).expect(201).id();
    organization.reserve(waiting, AMOUNT_MINOR);
    await()
        .untilAsserted(() ->
            assertThat(organization.payout(waiting).path("waitsFor").asString(""))
                .isEqualTo("account-balance"));
    assertThat(openQuestion(waiting)).isEqualTo(OpenQuestion.Kind.MONEY_MISSING);
    UUID replaced = newest(propose(payout, "paid", finance));
    assertThat(newest(propose(payout, "paid", finance))).isNotEqualTo(replaced);
    approve(payout, secondOfFinance).refused(409, "not-settleable");
    cancelAs(finance(), waiting).expect(200);
    String approval = settlements(payout) + "/approval";
    api.as(secondOfFinance)
        .post(approval, Map.of("settlementId", replaced))
        .refused(404, "no-settlement-proposed");
    api.as(secondOfFinance).post(approval, Map.of()).refused(400, "invalid-request");

    approve(payout, secondOfFinance).expect(200);

    assertThat(events.await(LeftMoneySettled.class, told -> isOf(told, payout)).settled())
        .isEqualTo(cad(3_000));
    UUID next = organization.requestPayout(null).expect(201).id();
    organization.reserve(next, AMOUNT_MINOR - 3_000);
    organization.awaitStatus(next, "in-transit");
    assertThat(organization.payout(next).path("amount").path("amountMinor").asLong())
        .isEqualTo(AMOUNT_MINOR - 3_000);
  }

  @Test
  void stripe_is_asked_less_and_less_often_while_it_does_not_answer() {
    UUID payout = sentPayout();
    jdbc.sql("UPDATE payout SET bank_payout_id = 'po_unknown_' || id WHERE id = :id")
        .param("id", payout)
        .update();
    clock.advance(Duration.ofMinutes(2));
    await().untilAsserted(() -> assertThat(checksFailed(payout)).isOne());
    clock.advance(Duration.ofMinutes(1));
    await().untilAsserted(() -> assertThat(checksFailed(payout)).isEqualTo(2));
    clock.advance(Duration.ofMinutes(1));
    ask.handle();
    assertThat(checksFailed(payout)).isEqualTo(2);

    jdbc.sql("UPDATE payout SET status = 'paid', paid_at = :at WHERE id = :id")
        .param("at", Parameters.instant(clock.instant()))
        .param("id", payout)
        .update();
    clock.advance(Duration.ofDays(15));
    await().untilAsserted(() -> assertThat(nextCheck(payout)).isZero());
  }

  private UUID requestedPayout() {
    organization.completeOnboarding(stripe);
    stripe.book("topup", 3 * AMOUNT_MINOR, "cad");
    organization.earn(AMOUNT_MINOR);
    return organization.requestPayout(null).expect(201).id();
  }

  /** Failures put it off by the machine's time, longer each time. */
  private void retryAtOnce() {
    jdbc.sql(
            """
            UPDATE scheduled_tasks SET execution_time = now()
            WHERE task_name = 'send-payout' AND NOT picked
            """)
        .update();
  }

  private UUID sentPayout() {
    UUID payout = requestedPayout();
    organization.reserve(payout, AMOUNT_MINOR);
    organization.awaitStatus(payout, "in-transit");
    return payout;
  }

  /** The bank has sent it back, and it lies on the organization's account. */
  private UUID returnedPayout() {
    UUID payout = sentPayout();
    String bankPayout = bankPayout(payout);
    stripe.failPayout(bankPayout);
    organization.tellOfStripe(bankPayout, "payout.failed");
    organization.awaitStatus(payout, "failed");
    return payout;
  }

  private String bankPayout(UUID payout) {
    return jdbc.sql("SELECT bank_payout_id FROM payout WHERE id = :id")
        .param("id", payout)
        .query(String.class)
        .single();
  }

  private boolean isAskedForReversal(UUID payout) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM transfer_reversal WHERE payout_id = :id)")
        .param("id", payout)
        .query(Boolean.class)
        .single();
  }

  private void disconnectUnderWay() {
    organization.disconnect(stripe);
    clock.advance(Duration.ofMinutes(2));
  }

  private long paidThroughAnotherAccount(long amountMinor) {
    organization.completeOnboarding(stripe);
    return sent(amountMinor);
  }

  /** Requests all that can be paid, and answers what of it was transferred. */
  private long sent(long amountMinor) {
    UUID payout = organization.requestPayout(null).expect(201).id();
    organization.reserve(payout, amountMinor);
    organization.awaitStatus(payout, "in-transit");
    return events
        .await(PayoutTransferred.class, told -> isOf(told, payout))
        .transferred()
        .amountMinor();
  }

  private UUID lastPayout() {
    return jdbc.sql(
            """
            SELECT id FROM payout WHERE organization_id = :id ORDER BY requested_at DESC, id DESC
            LIMIT 1
            """)
        .param("id", organization.id())
        .query(UUID.class)
        .single();
  }

  private Answer propose(UUID payout, String outcome, String bearer) {
    return api.as(bearer)
        .post(settlements(payout), Map.of("outcome", outcome, "reason", "the owner says so"));
  }

  private Answer approve(UUID payout, String bearer) {
    String seen =
        api.as(finance).get(settlements(payout)).expect(200).body().at("/data/0/id").asString();
    return api.as(bearer).post(settlements(payout) + "/approval", Map.of("settlementId", seen));
  }

  private static String settlements(UUID payout) {
    return "/api/v1/payouts/" + payout + "/settlements";
  }

  /** The proposal that was made; none that it has replaced is shown. */
  private static UUID newest(Answer proposed) {
    JsonNode settlements = proposed.expect(202).body().path("data");
    assertThat(settlements).hasSize(1);
    return UUID.fromString(settlements.path(0).path("id").asString());
  }

  private Answer cancelAs(String bearer, UUID payout) {
    return api.as(bearer)
        .withKey(UUID.randomUUID().toString())
        .post("/api/v1/payouts/" + payout + "/cancellation", Map.of());
  }

  private long withheld() {
    return organization
        .as("owner")
        .get(organization.path("balance"))
        .expect(200)
        .body()
        .path("data")
        .get(0)
        .path("withheld")
        .path("amountMinor")
        .asLong();
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

  private void awaitQuestion(UUID payout, OpenQuestion.Kind kind) {
    takeBack.handle();
    await().untilAsserted(() -> assertThat(openQuestion(payout)).isEqualTo(kind));
  }

  private OpenQuestion.@Nullable Kind openQuestion(UUID payout) {
    return questions.all().stream()
        .filter(question -> question.payoutId().equals(payout))
        .map(OpenQuestion::kind)
        .findFirst()
        .orElse(null);
  }

  private int checksFailed(UUID payout) {
    return jdbc.sql("SELECT checks_failed FROM payout WHERE id = :id")
        .param("id", payout)
        .query(Integer.class)
        .single();
  }

  /** How many times are set at which Stripe is asked about it: one or none. */
  private int nextCheck(UUID payout) {
    return jdbc.sql("SELECT count(next_check_at) FROM payout WHERE id = :id")
        .param("id", payout)
        .query(Integer.class)
        .single();
  }

  private static String support() {
    return TestTokens.bearer(UUID.randomUUID(), Set.of("platform-support"), Map.of());
  }

  private static String finance() {
    return TestTokens.bearer(UUID.randomUUID(), Set.of("platform-finance"), Map.of());
  }

  private static MoneyAmount cad(long amountMinor) {
    return new MoneyAmount(amountMinor, "CAD");
  }

  private static boolean isOf(PayoutEvent told, UUID payout) {
    return told.payoutId().equals(payout);
  }
}
