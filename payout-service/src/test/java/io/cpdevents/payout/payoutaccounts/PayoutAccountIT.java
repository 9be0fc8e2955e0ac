package io.cpdevents.payout.payoutaccounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.billing.StripeObjectEvent.StripeObjectChanged;
import io.cpdevents.contracts.payout.PayoutAccountEvent;
import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutAccountReady;
import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutAccountRestricted;
import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutInformationRequired;
import io.cpdevents.payout.ignoredchanges.ForgetIgnoredChanges;
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
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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

@CpdIntegrationTest
@WithStripeSandbox
class PayoutAccountIT {

  private static final String RETURN_URL = "http://localhost:8080/settings";

  /** The making of an account, not of a link to it. */
  private static final String CREATION = "POST /v1/accounts payout-account:";

  @Autowired private JdbcClient jdbc;
  @Autowired private MutableClock clock;
  @Autowired private ApiClient api;
  @Autowired private Facts facts;
  @Autowired private RecordedEvents events;
  @Autowired private StripeSandbox stripe;
  @Autowired private StripeConnection connection;
  @Autowired private ForgetIgnoredChanges forget;
  @Autowired private MeterRegistry metrics;

  private final UUID organizationId = UUID.randomUUID();

  @BeforeAll
  static void wait_long_enough_for_a_busy_machine() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(45));
  }

  @Test
  void an_organization_is_ready_once_it_has_told_stripe_what_it_wants_to_know() {
    assertThat(account().path("status").asString()).isEqualTo("none");

    Answer link = start(null).expect(201);

    assertThat(link.text("url")).contains("/connect/onboarding/" + stripeId());
    assertThat(Instant.parse(link.text("expiresAt"))).isAfter(clock.instant());
    JsonNode onboarding = account();
    assertThat(onboarding.path("status").asString()).isEqualTo("onboarding");
    assertThat(onboarding.path("country").asString()).isEqualTo("CA");
    assertThat(fields(onboarding)).contains("business_type", "external_account");
    assertThat(stripe.show("accounts/" + stripeId()).at("/settings/payouts/schedule/interval"))
        .hasToString("\"manual\"");

    stripe.completeOnboarding(stripeId());
    tell("account.updated");

    awaitStatus("ready");
    assertThat(account().path("requirements")).isEmpty();
    assertThat(account().path("currencies").toString()).isEqualTo("[\"CAD\"]");
    PayoutAccountReady ready = events.await(PayoutAccountReady.class, this::isOurs);
    assertThat(ready.currencies()).containsExactly("CAD");
  }

  @Test
  void what_stripe_requires_later_is_shown_and_told_with_its_deadline() {
    makeReady();

    stripe.require(stripeId(), "company.tax_id");
    tell("account.updated");

    await().untilAsserted(() -> assertThat(fields(account())).containsExactly("company.tax_id"));
    JsonNode requirement = account().path("requirements").path(0);
    assertThat(requirement.path("state").asString()).isEqualTo("due");
    Instant dueBy = Instant.parse(requirement.path("dueBy").asString());
    assertThat(dueBy).isAfter(clock.instant());
    assertThat(account().path("status").asString()).isEqualTo("ready");
    assertThat(events.await(PayoutInformationRequired.class, this::isOurs).dueBy())
        .isEqualTo(dueBy);
  }

  @Test
  void an_account_that_stripe_disables_stops_being_ready_until_all_is_there() {
    makeReady();

    stripe.disable(stripeId(), "requirements.past_due", "company.tax_id");
    tell("capability.updated");

    awaitStatus("restricted");
    assertThat(account().path("disabledReason").asString()).isEqualTo("requirements.past_due");
    PayoutAccountRestricted restricted = events.await(PayoutAccountRestricted.class, this::isOurs);
    assertThat(restricted.requirements()).containsExactly("company.tax_id");
    assertThat(restricted.disconnected()).isFalse();

    stripe.completeOnboarding(stripeId());
    tell("account.external_account.updated");

    awaitStatus("ready");
  }

  @Test
  void an_account_of_which_nothing_is_told_is_looked_at_once_a_day() {
    makeReady();
    stripe.disable(stripeId(), "listed");

    clock.advance(Duration.ofDays(1).plusMinutes(1));

    awaitStatus("restricted");
  }

  @Test
  void whoever_ends_the_connection_can_connect_another_account() {
    makeReady();
    String before = stripeId();

    stripe.disconnect(before);
    tell("account.application.deauthorized");

    awaitStatus("none");
    assertThat(events.await(PayoutAccountRestricted.class, this::isOurs).disconnected()).isTrue();
    start("US").expect(201);
    assertThat(stripeId()).isNotEqualTo(before);
    assertThat(account().path("country").asString()).isEqualTo("US");
  }

  @Test
  void however_many_ask_at_once_there_is_one_account() {
    AtOnce.times(10, () -> start(null)).forEach(answer -> answer.expect(201));

    assertThat(accountsAtStripe()).hasSize(1);
    assertThat(connection.requests(CREATION).stream().distinct()).hasSize(1);
  }

  @Test
  void an_answer_that_was_lost_makes_no_second_account() {
    connection.failNext(CREATION, Failure.SERVER_ERROR);
    start(null).refused(503, "stripe-unavailable");
    stripe.loseAnswers("POST", "/v1/accounts", 2);
    start(null);
    start(null).expect(201);

    assertThat(accountsAtStripe()).hasSize(1);
  }

  @Test
  void stripe_is_asked_what_became_of_a_request_whose_key_it_has_forgotten() {
    stripe.loseAnswers("POST", "/v1/accounts", 2);
    start(null);
    jdbc.sql(
            """
            UPDATE payout_account
            SET requested_at = requested_at - interval '1 day', status = 'requested', stripe_id = NULL
            WHERE organization_id = :id
            """)
        .param("id", organizationId)
        .update();
    int creations = connection.requests(CREATION).size();

    start(null).expect(201);

    assertThat(connection.requests(CREATION)).hasSize(creations);
    assertThat(accountsAtStripe()).containsExactly(stripeId());
  }

  @Test
  void what_nobody_asks_for_again_is_finished_by_itself() {
    connection.failNext(CREATION, Failure.SERVER_ERROR);
    start(null).refused(503, "stripe-unavailable");

    clock.advance(Duration.ofMinutes(2));

    awaitStatus("onboarding");
  }

  @Test
  void what_stripe_refuses_can_be_asked_for_anew() {
    connection.failNext(CREATION, Failure.REFUSAL);
    start("GB").refused(409, "payout-account-refused");

    start("US").expect(201);

    assertThat(account().path("country").asString()).isEqualTo("US");
    assertThat(connection.requests(CREATION).stream().distinct()).hasSize(2);
  }

  @Test
  void the_country_is_one_of_those_that_are_allowed_and_stays() {
    assertThat(start("IN").refused(400, "invalid-request").body().toString())
        .contains("\"field\":\"country\",\"code\":\"not-allowed\"");
    start("US").expect(201);

    start("GB").refused(409, "country-fixed");
    start("US").expect(201);
    start(null).expect(201);
  }

  @Test
  void stripes_page_leads_back_to_us_only() {
    Answer refused =
        api.as(bearer("owner"))
            .post(path(), Map.of("returnUrl", "https://evil.example/", "country", "IN"))
            .refused(400, "invalid-request");
    assertThat(refused.fieldErrors())
        .containsExactlyInAnyOrder("returnUrl: not-allowed", "country: not-allowed");
  }

  @Test
  void what_is_not_ours_or_over_is_a_row_with_its_reason_and_counted() {
    String stranger = "acct_" + UUID.randomUUID();
    String strangersPayout = "po_" + UUID.randomUUID();
    String disconnected = "acct_" + UUID.randomUUID();
    jdbc.sql(
            """
            INSERT INTO payout_account (id, organization_id, country, requested_at, status,
                                        stripe_id, standing, next_check_at)
            VALUES (:id, :id, 'CA', now(), 'disconnected', :stripeId,
                    '{"requirements": [], "currencies": []}', now())
            """)
        .param("id", UUID.randomUUID())
        .param("stripeId", disconnected)
        .update();
    double before = ignored("payout.paid", "unknown");
    StripeObjectChanged change = change(strangersPayout, "payout.paid");

    facts.tell(change);
    facts.tell(change);
    facts.tell(change(stranger, "account.updated"));
    facts.tell(change(disconnected, "account.updated"));

    await()
        .untilAsserted(() -> {
          assertThat(reasons(stranger)).containsExactly("unknown");
          assertThat(reasons(strangersPayout)).containsExactly("unknown");
          assertThat(reasons(disconnected)).containsExactly("over");
        });
    await().until(() -> ignored("account.updated", "over") >= 1);
    assertThat(ignored("payout.paid", "unknown")).isEqualTo(before + 1);
    assertThat(forget.handle()).isZero();
    jdbc.sql("UPDATE ignored_change SET ignored_at = ignored_at - INTERVAL '36 days'").update();
    assertThat(forget.handle()).isGreaterThanOrEqualTo(3);
    assertThat(reasons(stranger)).isEmpty();
  }

  private static StripeObjectChanged change(String objectId, String type) {
    return new StripeObjectChanged(
        objectId, objectId, "evt_" + UUID.randomUUID(), type, MutableClock.START);
  }

  private List<@Nullable String> reasons(String objectId) {
    return jdbc.sql("SELECT reason FROM ignored_change WHERE object_id = :objectId")
        .param("objectId", objectId)
        .query(String.class)
        .list();
  }

  private double ignored(String type, String reason) {
    return metrics.counter("cpd.stripe.changes.ignored", "type", type, "reason", reason).count();
  }

  @Test
  void the_owner_connects_the_account_and_finance_sees_it() {
    for (String role : List.of("admin", "finance", "staff")) {
      api.as(bearer(role))
          .post(path(), Map.of("returnUrl", RETURN_URL))
          .refused(403, "role-missing");
    }
    api.as(bearer("finance")).get(path()).expect(200);
    api.as(bearer("admin")).get(path()).refused(403, "role-missing");
    api.as(bearer("staff")).get(path()).refused(403, "role-missing");
    api.as(TestTokens.bearer(UUID.randomUUID())).get(path()).refused(404, "organization-not-found");
    api.get(path()).expect(401);
    api.post(path(), Map.of("returnUrl", RETURN_URL)).expect(401);
  }

  private void makeReady() {
    start(null).expect(201);
    stripe.completeOnboarding(stripeId());
    tell("account.updated");
    awaitStatus("ready");
  }

  private Answer start(@Nullable String country) {
    Map<String, String> body = new HashMap<>(Map.of("returnUrl", RETURN_URL));
    if (country != null) {
      body.put("country", country);
    }
    return api.as(bearer("owner")).post(path(), body);
  }

  private JsonNode account() {
    return api.as(bearer("owner")).get(path()).expect(200).body();
  }

  private void awaitStatus(String status) {
    await().untilAsserted(() -> assertThat(account().path("status").asString()).isEqualTo(status));
  }

  private static List<String> fields(JsonNode account) {
    return account
        .path("requirements")
        .valueStream()
        .map(requirement -> requirement.path("field").asString())
        .toList();
  }

  private void tell(String type) {
    facts.tell(
        new StripeObjectChanged(
            stripeId(), stripeId(), "evt_" + UUID.randomUUID(), type, clock.instant()));
  }

  private String stripeId() {
    return jdbc.sql(
            """
            SELECT stripe_id FROM payout_account
            WHERE organization_id = :id AND status <> 'disconnected'
            """)
        .param("id", organizationId)
        .query(String.class)
        .single();
  }

  private List<String> accountsAtStripe() {
    return stripe
        .show("accounts?limit=100")
        .path("data")
        .valueStream()
        .filter(account ->
            account.at("/metadata/organizationId").asString("").equals(organizationId.toString()))
        .map(account -> account.path("id").asString())
        .toList();
  }

  private boolean isOurs(PayoutAccountEvent event) {
    return event.organizationId().equals(organizationId);
  }

  private String bearer(String role) {
    return TestTokens.bearer(UUID.randomUUID(), Set.of(), Map.of(organizationId, role));
  }

  private String path() {
    return "/api/v1/organizations/" + organizationId + "/payout-account";
  }
}
