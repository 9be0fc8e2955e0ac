package io.cpdevents.payout.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.payout.PaidOrganization;
import io.cpdevents.payout.balances.BalanceQueries;
import io.cpdevents.payout.balances.EventMoney;
import io.cpdevents.payout.payouts.RequestScheduledPayouts;
import io.cpdevents.payout.payouts.RetryRefusedPeriods;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.TestDatabase;
import io.cpdevents.platform.test.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Currency;
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
class PayoutScheduleIT {

  private static final Duration WEEK = Duration.ofDays(7);
  private static final Currency CAD = Currency.getInstance("CAD");

  @Autowired private JdbcClient jdbc;
  @Autowired private MutableClock clock;
  @Autowired private ApiClient api;
  @Autowired private PaidOrganization organization;
  @Autowired private PaidOrganization other;
  @Autowired private TestDatabase database;
  @Autowired private MeterRegistry metrics;
  @Autowired private RequestScheduledPayouts requestScheduledPayouts;
  @Autowired private RetryRefusedPeriods retryRefusedPeriods;
  @Autowired private BalanceQueries balances;

  @BeforeAll
  static void wait_long_enough_for_a_busy_machine() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(45));
  }

  @Test
  void without_a_decision_an_organization_is_paid_on_request_and_money_waits_seven_days() {
    JsonNode schedule =
        organization.as("finance").get(organization.path("payout-schedule")).expect(200).body();

    assertThat(schedule.path("interval").asString()).isEqualTo("manual");
    assertThat(schedule.path("minimums")).isEmpty();
    assertThat(schedule.path("releaseDaysAfterEvent").asInt()).isEqualTo(7);
    assertThat(schedule.path("nextDueAt").isNull()).isTrue();
  }

  @Test
  void a_weekly_schedule_pays_once_a_week_what_is_available() {
    organization.makeReady();
    decide("weekly", 7).expect(200);
    organization.earn(10_000);
    assertThat(payouts()).isEmpty();

    clock.advance(WEEK);

    awaitPayouts(10_000);
    organization.markPaid();
    organization.earn(500);
    requestScheduledPayouts.handle();
    assertThat(payouts()).hasSize(1);
    clock.advance(WEEK);
    awaitPayouts(10_000, 500);
    assertThat(
            jdbc.sql("SELECT count(*) FROM scheduled_payout WHERE organization_id = :id")
                .param("id", organization.id())
                .query(Long.class)
                .single())
        .isEqualTo(2);
  }

  @Test
  void however_many_look_at_once_a_period_is_paid_once_in_each_currency() {
    organization.makeReady();
    decide("monthly", 7).expect(200);
    organization.earn(10_000);
    organization.post(organization.entry("payment-captured", new MoneyAmount(700, "EUR")));
    clock.advance(Duration.ofDays(31));

    AtOnce.times(20, requestScheduledPayouts::handle);

    awaitPayouts(10_000, 700);
    requestScheduledPayouts.handle();
    assertThat(payouts()).hasSize(2);
    assertThat(skipped()).isEmpty();
  }

  @Test
  void less_than_the_minimum_waits_for_the_next_period() {
    organization.makeReady();
    decide("weekly", 7, new MoneyAmount(5_000, "CAD")).expect(200);
    organization.earn(4_999);
    clock.advance(WEEK);
    await().untilAsserted(() -> assertThat(skipped()).containsExactly("below-minimum"));
    assertThat(payouts()).isEmpty();

    organization.earn(1);
    requestScheduledPayouts.handle();
    assertThat(payouts()).isEmpty();
    clock.advance(WEEK);

    awaitPayouts(5_000);
    assertThat(entriesOfPayouts()).isEqualTo(2);
  }

  @Test
  void an_organization_whose_account_is_not_ready_waits_for_the_next_period() {
    decide("weekly", 7).expect(200);
    organization.earn(10_000);
    clock.advance(WEEK);
    await().untilAsserted(() -> assertThat(skipped()).containsExactly("account-not-ready"));

    organization.makeReady();
    clock.advance(WEEK);

    awaitPayouts(10_000);
  }

  @Test
  void a_negative_balance_is_not_paid_and_nets_what_comes_later() {
    organization.makeReady();
    decide("weekly", 7).expect(200);
    organization.earn(-3_000);
    clock.advance(WEEK);
    await().untilAsserted(() -> assertThat(skipped()).containsExactly("nothing-to-pay-out"));

    organization.earn(8_000);
    clock.advance(WEEK);

    awaitPayouts(5_000);
  }

  @Test
  void a_period_that_billing_has_refused_is_paid_a_day_later_and_once() {
    organization.makeReady();
    decide("weekly", 7).expect(200);
    organization.earn(10_000);
    clock.advance(WEEK);
    awaitPayouts(10_000);
    failsBecause("balance-changed");
    organization.earn(-2_000);
    retryRefusedPeriods.handle();
    assertThat(payouts()).hasSize(1);

    clock.advance(Duration.ofDays(1));
    AtOnce.times(5, retryRefusedPeriods::handle);

    awaitPayouts(10_000, 8_000);
    organization.markPaid();
    clock.advance(Duration.ofDays(1));
    retryRefusedPeriods.handle();
    assertThat(payouts()).hasSize(2);
  }

  @Test
  void a_period_whose_payout_was_requested_before_the_account_was_changed_is_paid_a_day_later() {
    organization.makeReady();
    decide("weekly", 7).expect(200);
    organization.earn(10_000);
    clock.advance(WEEK);
    awaitPayouts(10_000);
    failsBecause("account-changed");

    clock.advance(Duration.ofDays(1));

    awaitPayouts(10_000, 10_000);
  }

  private void failsBecause(String reason) {
    jdbc.sql(
            """
            UPDATE payout SET status = 'failed', failure_reason = :reason
            WHERE organization_id = :id
            """)
        .param("reason", reason)
        .param("id", organization.id())
        .update();
  }

  @Test
  void an_organization_that_cannot_be_paid_keeps_no_other_waiting_and_is_seen()
      throws SQLException {
    organization.makeReady();
    decide("weekly", 7).expect(200);
    organization.earn(10_000);
    other.makeReady();
    decideAs(other, other.bearer("owner"), "weekly", 7).expect(200);
    other.earn(700);
    try (Connection owner =
            DriverManager.getConnection(
                database.url(), database.owner(), database.ownerPassword());
        Statement statement = owner.createStatement()) {
      refusePayoutsOf(organization, statement);
      clock.advance(WEEK);

      await().untilAsserted(() -> assertThat(payoutsOf(other)).containsExactly(700L));
      await().untilAsserted(() -> assertThat(failingSchedules()).isOne());
      assertThat(payouts()).isEmpty();
      statement.execute("DROP TRIGGER refuse_payouts ON payout");
    }
    clock.advance(Duration.ofMinutes(15));

    awaitPayouts(10_000);
    await().untilAsserted(() -> assertThat(failingSchedules()).isZero());
  }

  private static void refusePayoutsOf(PaidOrganization refused, Statement statement)
      throws SQLException {
    statement.execute(
        """
        CREATE OR REPLACE FUNCTION refuse_payouts() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'a defect';
        END $$
        """);
    statement.execute(
        """
        CREATE TRIGGER refuse_payouts BEFORE INSERT ON payout FOR EACH ROW
        WHEN (NEW.organization_id = '%s') EXECUTE FUNCTION refuse_payouts()
        """
            .formatted(refused.id()));
  }

  private double failingSchedules() {
    return metrics.get("cpd.payouts.schedules.failing").gauge().value();
  }

  @Test
  void longer_release_days_keep_money_pending_longer() {
    earnWithEventThatEndsNow(10_000);
    decide("manual", 30).expect(200);
    clock.advance(Duration.ofDays(29));
    assertThat(available()).isZero();

    clock.advance(Duration.ofDays(1));

    assertThat(available()).isEqualTo(10_000);
  }

  @Test
  void what_was_paid_stays_released_when_the_release_days_are_made_longer() {
    organization.makeReady();
    earnWithEventThatEndsNow(10_000);
    clock.advance(WEEK);
    organization.requestPayout(4_000L).expect(201);
    organization.markPaid();

    decide("manual", 30).expect(200);

    assertThat(available()).isEqualTo(10_000);
    assertThat(
            organization
                .as("owner")
                .get(organization.path("balance/entries"))
                .expect(200)
                .body()
                .path("data")
                .get(0)
                .path("figure")
                .asString())
        .isEqualTo("available");
    assertThat(
            organization
                .requestPayout(null)
                .expect(201)
                .body()
                .path("amount")
                .path("amountMinor")
                .asLong())
        .isEqualTo(6_000);
    jdbc.sql("UPDATE payout SET status = 'cancelled' WHERE organization_id = :id")
        .param("id", organization.id())
        .update();
    assertThat(available()).isZero();
    organization.requestPayout(null).refused(409, "nothing-to-pay-out");
  }

  @Test
  void what_is_refunded_of_a_payout_is_netted_at_once_however_long_its_event_waits() {
    organization.makeReady();
    UUID event = earnWithEventThatEndsNow(10_000);
    clock.advance(WEEK);
    organization.requestPayout(4_000L).expect(201);
    organization.markPaid();
    decide("manual", 30).expect(200);

    organization.post(organization.entry("refund-accepted", -1_000).ofEvent(event));

    assertThat(available()).isEqualTo(9_000);
    assertThat(
            organization
                .as("owner")
                .get(organization.path("balance/entries"))
                .expect(200)
                .body()
                .path("data")
                .valueStream()
                .map(entry -> entry.path("figure").asString()))
        .containsExactly("available", "available");
    assertThat(
            organization
                .requestPayout(null)
                .expect(201)
                .body()
                .path("amount")
                .path("amountMinor")
                .asLong())
        .isEqualTo(5_000);
    organization.post(organization.entry("payment-captured", 700).ofEvent(event));
    assertThat(available()).isEqualTo(9_000);
  }

  @Test
  void what_was_paid_stays_released_when_its_event_is_moved_later() {
    organization.makeReady();
    UUID event = earnWithEventThatEndsNow(10_000);
    clock.advance(WEEK);
    organization.requestPayout(null).expect(201);

    jdbc.sql("UPDATE event SET latest_ends_at = latest_ends_at + interval '90 days' WHERE id = :id")
        .param("id", event)
        .update();

    assertThat(available()).isEqualTo(10_000);
    organization.post(organization.entry("payment-captured", 3_000).ofEvent(event));
    assertThat(available()).isEqualTo(10_000);
    EventMoney money = balances.eventMoney(organization.id(), CAD, event);
    assertThat(money.released()).isTrue();
    assertThat(money.pending().amountMinor()).isEqualTo(3_000);
    assertThat(money.releasesAt()).isNotNull();
  }

  @Test
  void only_the_platform_has_money_released_earlier() {
    organization.isKnown();
    decide("manual", 6).refused(422, "release-days-too-short");
    decide("manual", 1).refused(400, "invalid-request");
    decideAs(finance(), "manual", 1).refused(400, "invalid-request");
    assertThat(
            decideAs(finance(), "manual", 2)
                .expect(200)
                .body()
                .path("minReleaseDaysAfterEvent")
                .asInt())
        .isEqualTo(2);
    earnWithEventThatEndsNow(10_000);
    clock.advance(Duration.ofDays(2));
    assertThat(available()).isEqualTo(10_000);
    decide("manual", 3).expect(200);
    assertThat(available()).isZero();
  }

  @Test
  void what_cannot_be_a_schedule_is_refused_by_field() {
    ApiClient owner = organization.as("owner");
    assertThat(
            owner
                .put(
                    organization.path("payout-schedule"),
                    Map.of("interval", "daily", "minimums", List.of()))
                .refused(400, "invalid-request")
                .fieldErrors())
        .contains("interval: wrong-type");
    MoneyAmount minimum = new MoneyAmount(5_000, "CAD");
    assertThat(
            decide(
                    "weekly",
                    366,
                    minimum,
                    minimum,
                    new MoneyAmount(0, "EUR"),
                    new MoneyAmount(1, "XAU"))
                .refused(400, "invalid-request")
                .fieldErrors())
        .containsExactly(
            "minimums[1].currency: currency-twice",
            "minimums[2].amountMinor: out-of-range",
            "minimums[3].currency: not-supported",
            "releaseDaysAfterEvent: out-of-range");
  }

  @Test
  void of_two_who_decide_at_once_the_second_is_told_that_it_was_changed() {
    Map<String, Object> weekly =
        Map.of("interval", "weekly", "minimums", List.of(), "releaseDaysAfterEvent", 7);
    String path = organization.path("payout-schedule");
    ApiClient owner = organization.as("owner");
    String seen = owner.get(path).expect(200).header("ETag");

    String changed = owner.with("If-Match", seen).put(path, weekly).expect(200).header("ETag");
    owner.with("If-Match", seen).put(path, weekly).refused(412, "changed-meanwhile");

    assertThat(changed).isNotEqualTo(seen);
    owner.with("If-Match", changed).put(path, weekly).expect(200);
  }

  @Test
  void the_owner_decides_finance_reads_and_others_see_nothing() {
    for (String role : List.of("finance", "admin", "staff")) {
      decideAs(organization.bearer(role), "weekly", 7).refused(403, "role-missing");
    }
    for (String role : List.of("admin", "staff")) {
      organization.as(role).get(organization.path("payout-schedule")).refused(403, "role-missing");
    }
    String stranger = TestTokens.bearer(UUID.randomUUID());
    decideAs(stranger, "weekly", 7).refused(404, "organization-not-found");
    api.as(stranger)
        .get(organization.path("payout-schedule"))
        .refused(404, "organization-not-found");
    api.get(organization.path("payout-schedule")).expect(401);
    api.as(finance()).get(organization.path("payout-schedule")).expect(200);
  }

  private Answer decide(String interval, int releaseDays, MoneyAmount... minimums) {
    return decideAs(organization.bearer("owner"), interval, releaseDays, minimums);
  }

  private Answer decideAs(
      String bearer, String interval, int releaseDays, MoneyAmount... minimums) {
    return decideAs(organization, bearer, interval, releaseDays, minimums);
  }

  private Answer decideAs(
      PaidOrganization of,
      String bearer,
      String interval,
      int releaseDays,
      MoneyAmount... minimums) {
    return api.as(bearer)
        .put(
            of.path("payout-schedule"),
            Map.of(
                "interval", interval,
                "minimums", List.of(minimums),
                "releaseDaysAfterEvent", releaseDays));
  }

  private void awaitPayouts(long... amountsMinor) {
    Long[] expected = Arrays.stream(amountsMinor).boxed().toArray(Long[]::new);
    await().untilAsserted(() -> assertThat(payouts()).containsExactlyInAnyOrder(expected));
  }

  private List<Long> payouts() {
    return payoutsOf(organization);
  }

  private List<Long> payoutsOf(PaidOrganization of) {
    return jdbc.sql("SELECT amount_minor FROM payout WHERE organization_id = :id")
        .param("id", of.id())
        .query((row, _) -> row.getLong("amount_minor"))
        .list();
  }

  private long entriesOfPayouts() {
    return jdbc.sql(
            """
            SELECT count(*) FROM payout_entry t JOIN payout p ON p.id = t.payout_id
            WHERE p.organization_id = :id
            """)
        .param("id", organization.id())
        .query(Long.class)
        .single();
  }

  private List<String> skipped() {
    return jdbc.sql(
            """
            SELECT skipped_because FROM scheduled_payout
            WHERE organization_id = :id AND skipped_because IS NOT NULL
            """)
        .param("id", organization.id())
        .query((row, _) -> row.getString("skipped_because"))
        .list();
  }

  private long available() {
    return organization
        .as("owner")
        .get(organization.path("balance"))
        .expect(200)
        .body()
        .path("data")
        .get(0)
        .path("available")
        .path("amountMinor")
        .asLong();
  }

  private UUID earnWithEventThatEndsNow(long amountMinor) {
    UUID event = organization.event("Masterclass", clock.instant());
    organization.post(organization.entry("payment-captured", amountMinor).ofEvent(event));
    return event;
  }

  private static String finance() {
    return TestTokens.bearer(UUID.randomUUID(), Set.of("platform-finance"), Map.of());
  }
}
