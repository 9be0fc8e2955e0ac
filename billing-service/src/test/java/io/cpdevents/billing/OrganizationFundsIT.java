package io.cpdevents.billing;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.cpdevents.billing.ledger.Journal;
import io.cpdevents.billing.ledger.JournalKind;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.Ledger;
import io.cpdevents.billing.ledger.Posting;
import io.cpdevents.billing.ledger.Postings;
import io.cpdevents.billing.ledger.RecoverWriteOff;
import io.cpdevents.billing.ledger.RefundBearers;
import io.cpdevents.billing.organizations.CompareBalances;
import io.cpdevents.billing.organizations.PayableMoney;
import io.cpdevents.billing.organizations.WatchDaily;
import io.cpdevents.billing.organizations.WatchFunds;
import io.cpdevents.billing.organizations.WatchPayouts;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.TestTokens;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class OrganizationFundsIT {

  private static final Currency CAD = Currency.getInstance("CAD");
  private static final WireMockServer PAYOUT_SERVICE =
      new WireMockServer(WireMockConfiguration.options().dynamicPort());

  static {
    PAYOUT_SERVICE.start();
  }

  @Autowired private JdbcClient jdbc;
  @Autowired private MutableClock clock;
  @Autowired private ApiClient api;
  @Autowired private Ledger ledger;
  @Autowired private TransactionTemplate transaction;
  @Autowired private CompareBalances compareBalances;
  @Autowired private RecoverWriteOff recoverWriteOff;
  @Autowired private WatchFunds watchFunds;
  @Autowired private WatchDaily watchDaily;
  @Autowired private PayableMoney payableMoney;
  @Autowired private WatchPayouts watchPayouts;

  private final UUID organizationId = UUID.randomUUID();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("cpd.payout-url", PAYOUT_SERVICE::baseUrl);
  }

  @AfterAll
  static void stop() {
    PAYOUT_SERVICE.stop();
  }

  @BeforeEach
  void payout_service_knows_nothing() {
    payoutServiceSays("[]");
    payoutServiceAsks("[]");
  }

  @Test
  void sums_that_agree_open_nothing() {
    earn(10_000);
    payoutServiceHas(9_500);

    compareBalances.handle();

    assertThat(differences()).isZero();
    assertThat(breaks("balances-differ")).isEmpty();
  }

  @Test
  void a_difference_that_stays_opens_a_break_and_one_that_goes_resolves_it() {
    earn(10_000);
    payoutServiceHas(9_400);
    compareBalances.handle();
    assertThat(breaks("balances-differ")).isEmpty();
    tenMinutesPass();

    compareBalances.handle();

    assertThat(breaks("balances-differ")).containsExactly(100L);
    assertThat(
            api.as(finance())
                .get("/api/v1/finance/breaks?limit=100")
                .expect(200)
                .body()
                .path("data")
                .valueStream()
                .map(open -> open.path("stripeId").asString()))
        .contains("organization:" + organizationId + ":CAD");
    payoutServiceHas(9_500);
    compareBalances.handle();
    assertThat(breaks("balances-differ")).isEmpty();
  }

  @Test
  void entries_that_are_on_their_way_are_no_difference() {
    earn(10_000);
    compareBalances.handle();
    tenMinutesPass();
    earn(2_000);
    payoutServiceHas(9_500);

    compareBalances.handle();

    assertThat(breaks("balances-differ")).isEmpty();
    assertThat(differences()).isOne();
  }

  @Test
  void an_organization_that_keeps_owing_money_is_shown_to_finance_until_it_owes_none() {
    earn(10_000);
    refund(9_500);
    refund(1_000);
    watchFunds.handle();
    clock.advance(Duration.ofDays(13));
    watchFunds.handle();
    assertThat(breaks("organization-negative")).isEmpty();

    clock.advance(Duration.ofDays(1));
    watchFunds.handle();

    assertThat(breaks("organization-negative")).containsExactly(-1_000L);
    earn(2_000);
    watchFunds.handle();
    assertThat(breaks("organization-negative")).isEmpty();
    assertThat(
            jdbc.sql("SELECT count(*) FROM negative_balance WHERE organization_id = :id")
                .param("id", organizationId)
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void a_debt_that_nobody_will_pay_is_written_off_by_two_people() {
    owe(1_000);
    String path = breakOfDebt();
    assertThat(breaks("organization-negative")).containsExactly(-1_000L);
    String proposal = "{\"account\": \"write-offs\", \"reason\": \"Bankrupt\"}";
    api.as(finance()).post(path + "/resolution", proposal).expect(202);
    refund(200);
    approve(path).refused(409, "break-changed");
    api.as(finance()).delete(path + "/resolution").expect(200);
    api.as(finance()).post(path + "/resolution", proposal).expect(202);
    approve(path).expect(200);

    assertThat(breaks("organization-negative")).isEmpty();
    assertThat(
            jdbc.sql(
                    """
                    SELECT account || ' ' || amount_minor AS line FROM posting
                    JOIN journal ON journal.id = journal_id
                    WHERE kind = 'break-resolved' AND account = 'write-offs'
                        AND journal_id IN (
                            SELECT journal_id FROM posting
                            WHERE account = 'organization:' || :id::text)
                    """)
                .param("id", organizationId)
                .query((row, _) -> row.getString("line"))
                .list())
        .containsExactly("write-offs 1200");
    refund(300);
    watchFunds.handle();
    assertThat(breaks("organization-negative")).isEmpty();
  }

  @Test
  void what_comes_back_of_a_debt_that_was_written_off_covers_that_first_and_once() {
    owe(1_000);
    String path = breakOfDebt();
    assertThat(proposed(path, "write-offs")).isEqualTo(1_000);
    approve(path).expect(200);
    assertThat(balance()).isZero();

    comesBack(700);
    assertThat(balance()).isZero();
    comesBack(700);
    assertThat(balance()).isEqualTo(400);
    comesBack(700);
    assertThat(balance()).isEqualTo(1_100);
    assertThat(
            jdbc.sql(
                    """
                    SELECT sum(amount_minor) FROM posting
                    WHERE account = 'write-offs' AND journal_id IN (
                        SELECT journal_id FROM posting
                        WHERE account = 'organization:' || :id::text)
                    """)
                .param("id", organizationId)
                .query(Long.class)
                .single())
        .isZero();
  }

  /** A dispute that the organization had lost is won after all. */
  private void comesBack(long amountMinor) {
    String dispute = UUID.randomUUID() + ":2";
    transaction.executeWithoutResult(_ -> {
      ledger.post(
          new Journal(
              JournalKind.DISPUTE_LOSS_REVERSED,
              dispute,
              JournalReferences.none(),
              Postings.disputeLossReversed(organizationId, cad(amountMinor), cad(0))));
      recoverWriteOff.handle(
          new RecoverWriteOff.Command(
              organizationId, cad(amountMinor), dispute, JournalReferences.none()));
    });
  }

  @Test
  void of_a_debt_only_what_is_owed_whatever_comes_back_is_written_off() {
    owe(1_000);
    setAside(600);
    String path = breakOfDebt();
    assertThat(breaks("organization-negative")).containsExactly(-1_600L);

    assertThat(proposed(path, "write-offs")).isEqualTo(1_000);
    approve(path).expect(200);

    assertThat(balance()).isEqualTo(-600);
    breakOfDebt();
    propose(path, "write-offs").refused(409, "break-not-resolvable");
    assertThat(proposed(path, "bank")).isEqualTo(600);
    api.as(finance()).delete(path + "/resolution").expect(200);
    post(JournalKind.PAYOUT_MADE, UUID.randomUUID(), Postings.payoutMade(organizationId, cad(300)));
    propose(path, "write-offs").refused(409, "break-not-resolvable");
    refund(320);
    assertThat(proposed(path, "write-offs")).isEqualTo(320);
    refund(1);
    approve(path).refused(409, "break-changed");
  }

  @Test
  void what_is_set_aside_at_the_same_moment_is_not_written_off() {
    owe(1_000);
    String path = breakOfDebt();
    CountDownLatch isMoved = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    AtOnce.Crowd<Integer> dispute =
        AtOnce.begin(
            1,
            () -> {
              transaction.executeWithoutResult(_ -> {
                postSetAside(600);
                TransactionSynchronizationManager.registerSynchronization(
                    new TransactionSynchronization() {
                      @Override
                      public void beforeCommit(boolean readOnly) {
                        isMoved.countDown();
                        awaitQuietly(mayCommit);
                      }
                    });
              });
              return 0;
            });
    awaitQuietly(isMoved);
    AtOnce.Crowd<Long> proposal = AtOnce.begin(1, () -> proposed(path, "write-offs"));
    await().until(this::somebodyWaitsForALock);

    mayCommit.countDown();

    dispute.results();
    assertThat(proposal.results()).containsExactly(1_000L);
    assertThat(balance()).isEqualTo(-1_600);
  }

  @Test
  void what_could_be_paid_out_is_asked_of_payout_service_and_unknown_while_it_is_away() {
    UUID eventId = UUID.randomUUID();
    PAYOUT_SERVICE.stubFor(
        get(urlPathEqualTo("/internal/event-money"))
            .withQueryParam("organizationId", equalTo(organizationId.toString()))
            .withQueryParam("eventId", equalTo(eventId.toString()))
            .withQueryParam("currency", equalTo("CAD"))
            .willReturn(
                okJson(
                    """
                    {"available": {"amountMinor": 700, "currency": "CAD"}, "released": true,
                     "pending": {"amountMinor": 20, "currency": "CAD"}, "releasesAt": null}
                    """)));
    assertThat(payableMoney.of(organizationId, CAD, eventId))
        .contains(new PayableMoney.Payable(cad(700), true, cad(20), null));
    PAYOUT_SERVICE.stubFor(get(urlPathEqualTo("/internal/event-money")).willReturn(serverError()));
    assertThat(payableMoney.of(organizationId, CAD, eventId)).isEmpty();
  }

  @Test
  void money_that_lies_longer_than_75_days_is_shown_to_finance_until_it_is_paid() {
    earn(10_000);
    clock.advance(Duration.ofDays(74));
    earn(4_000);
    watchFunds.handle();
    assertThat(breaks("money-lies-long")).isEmpty();

    clock.advance(Duration.ofDays(2));
    watchFunds.handle();

    assertThat(breaks("money-lies-long")).containsExactly(9_500L);
    UUID payout = UUID.randomUUID();
    post(JournalKind.PAYOUT_MADE, payout, Postings.payoutMade(organizationId, cad(9_500)));
    watchFunds.handle();
    assertThat(breaks("money-lies-long")).containsExactly(9_500L);
    post(JournalKind.PAYOUT_PAID, payout, Postings.payoutPaid(organizationId, cad(9_500)));
    watchFunds.handle();
    assertThat(breaks("money-lies-long")).isEmpty();
  }

  @Test
  void what_was_refunded_of_young_payments_hides_no_money_that_lies() {
    earn(10_000);
    clock.advance(Duration.ofDays(76));
    UUID payment = UUID.randomUUID();
    earn(payment, 20_000);
    watchFunds.handle();
    assertThat(breaks("money-lies-long")).containsExactly(9_500L);

    post(
        JournalKind.REFUND_ACCEPTED,
        UUID.randomUUID(),
        JournalReferences.ofPayment(payment).withRefund(UUID.randomUUID()),
        Postings.refundAccepted(
            new RefundBearers(organizationId, cad(19_000), cad(1_000), cad(0))));
    watchFunds.handle();

    assertThat(breaks("money-lies-long")).containsExactly(9_500L);
  }

  @Test
  void it_is_looked_once_a_day_of_the_business_clock() {
    earn(10_000);
    refund(9_500);
    refund(700);
    clock.advance(Duration.ofDays(1));
    watchDaily.handle();
    assertThat(differences()).isOne();
    payoutServiceHas(-700);
    watchDaily.handle();
    assertThat(differences()).isZero();
    clock.advance(Duration.ofDays(14));

    watchDaily.handle();

    assertThat(breaks("organization-negative")).containsExactly(-700L);
    clock.advance(Duration.ofHours(23));
    earn(5_000);
    watchDaily.handle();
    assertThat(breaks("organization-negative")).containsExactly(-700L);
    clock.advance(Duration.ofHours(1));
    watchDaily.handle();
    assertThat(breaks("organization-negative")).isEmpty();
  }

  @Test
  void what_people_have_to_decide_about_payouts_is_work_until_it_is_decided() {
    UUID payout = UUID.randomUUID();
    payoutServiceAsks(
        """
        [{"payoutId": "%s", "kind": "unconfirmed", "amount": {"amountMinor": 70, "currency": "CAD"}}]
        """
            .formatted(payout));
    clock.advance(Duration.ofMinutes(15));

    watchPayouts.handle();

    assertThat(breaks("payout-unconfirmed", "payout:" + payout)).containsExactly(70L);
    payoutServiceAsks("[]");
    watchPayouts.handle();
    assertThat(breaks("payout-unconfirmed", "payout:" + payout)).containsExactly(70L);
    clock.advance(Duration.ofMinutes(15));
    watchPayouts.handle();
    assertThat(breaks("payout-unconfirmed", "payout:" + payout)).isEmpty();
  }

  private static void payoutServiceAsks(String body) {
    PAYOUT_SERVICE.stubFor(
        get(urlPathEqualTo("/internal/open-questions")).willReturn(okJson(body)));
  }

  /** Gross; the platform keeps 5 %. */
  private void earn(long grossMinor) {
    earn(UUID.randomUUID(), grossMinor);
  }

  private void earn(UUID payment, long grossMinor) {
    post(
        JournalKind.PAYMENT_CAPTURED,
        payment,
        JournalReferences.ofPayment(payment),
        Postings.paymentCaptured(organizationId, cad(grossMinor), cad(grossMinor / 20)));
  }

  private void owe(long amountMinor) {
    earn(10_000);
    refund(9_500 + amountMinor);
  }

  private void setAside(long amountMinor) {
    transaction.executeWithoutResult(_ -> postSetAside(amountMinor));
  }

  private void postSetAside(long amountMinor) {
    ledger.post(
        new Journal(
            JournalKind.DISPUTE_HELD,
            UUID.randomUUID() + ":1",
            JournalReferences.none(),
            Postings.disputeHeld(organizationId, cad(amountMinor))));
  }

  /** It has owed something for so long that it is work. */
  private String breakOfDebt() {
    watchFunds.handle();
    clock.advance(Duration.ofDays(14));
    watchFunds.handle();
    assertThat(breaks("organization-negative")).hasSize(1);
    return "/api/v1/finance/breaks/"
        + jdbc.sql(
                """
                SELECT id FROM ledger_break
                WHERE kind = 'organization-negative' AND stripe_id = :id
                """)
            .param("id", "organization:" + organizationId + ":CAD")
            .query(UUID.class)
            .single();
  }

  private Answer propose(String path, String account) {
    return api.as(finance())
        .post(
            path + "/resolution",
            "{\"account\": \"%s\", \"reason\": \"So it is\"}".formatted(account));
  }

  /** How much of the debt would be closed by it. */
  private long proposed(String path, String account) {
    return propose(path, account)
        .expect(202)
        .body()
        .at("/resolutions/0/amount/amountMinor")
        .asLong();
  }

  private long balance() {
    return jdbc.sql(
            "SELECT -amount_minor FROM account_balance WHERE account = 'organization:' || :id::text")
        .param("id", organizationId)
        .query(Long.class)
        .single();
  }

  private boolean somebodyWaitsForALock() {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock')
            """)
        .query(Boolean.class)
        .single();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void refund(long amountMinor) {
    post(
        JournalKind.REFUND_ACCEPTED,
        UUID.randomUUID(),
        Postings.refundAccepted(
            new RefundBearers(organizationId, cad(amountMinor), cad(0), cad(0))));
  }

  private void post(JournalKind kind, UUID businessId, List<Posting> postings) {
    post(kind, businessId, JournalReferences.none(), postings);
  }

  private void post(
      JournalKind kind, UUID businessId, JournalReferences about, List<Posting> postings) {
    transaction.executeWithoutResult(
        _ -> ledger.post(new Journal(kind, businessId.toString(), about, postings)));
  }

  private void payoutServiceHas(long amountMinor) {
    payoutServiceSays(
        """
        [{"organizationId": "%s", "amount": {"amountMinor": %d, "currency": "CAD"}}]
        """
            .formatted(organizationId, amountMinor));
  }

  private static void payoutServiceSays(String body) {
    PAYOUT_SERVICE.stubFor(get(urlPathEqualTo("/internal/balance-sums")).willReturn(okJson(body)));
  }

  private void tenMinutesPass() {
    jdbc.sql("UPDATE balance_difference SET seen_at = seen_at - interval '10 minutes'").update();
  }

  private long differences() {
    return jdbc.sql("SELECT count(*) FROM balance_difference WHERE organization_id = :id")
        .param("id", organizationId)
        .query(Long.class)
        .single();
  }

  private List<Long> breaks(String kind) {
    return breaks(kind, "organization:" + organizationId + ":CAD");
  }

  private List<Long> breaks(String kind, String about) {
    return jdbc.sql(
            """
            SELECT amount_minor FROM ledger_break
            WHERE kind = :kind AND stripe_id = :about AND resolved_at IS NULL
            """)
        .param("kind", kind)
        .param("about", about)
        .query((row, _) -> row.getLong("amount_minor"))
        .list();
  }

  private static Money cad(long amountMinor) {
    return Money.of(amountMinor, "CAD");
  }

  /** Somebody else approves what was proposed last. */
  private Answer approve(String path) {
    JsonNode found = api.as(finance()).get(path).expect(200).body();
    return api.as(finance())
        .post(path + "/approval", Map.of("resolutionId", found.at("/resolutions/0/id").asString()));
  }

  private static String finance() {
    return TestTokens.bearer(UUID.randomUUID(), Set.of("platform-finance"), Map.of());
  }
}
