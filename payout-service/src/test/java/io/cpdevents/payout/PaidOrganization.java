package io.cpdevents.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.billing.LedgerEvent.OrganizationEntryPosted;
import io.cpdevents.contracts.billing.PayoutReservationEvent.PayoutReserved;
import io.cpdevents.contracts.billing.StripeObjectEvent.StripeObjectChanged;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.platform.test.sandbox.StripeSandbox;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * An organization that earns and is paid out, for tests of this service. Each test gets a new one
 * injected, so that tests share a database and meet nowhere.
 */
@Component
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
public final class PaidOrganization {

  private static final String CURRENCY = "CAD";

  private final UUID id = UUID.randomUUID();
  private final ApiClient api;
  private final Facts facts;
  private final JdbcClient jdbc;
  private final MutableClock clock;

  PaidOrganization(ApiClient api, Facts facts, JdbcClient jdbc, MutableClock clock) {
    this.api = api;
    this.facts = facts;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  public UUID id() {
    return id;
  }

  /** The path of something of the organization, for example {@code payouts}. */
  public String path(String of) {
    return "/api/v1/organizations/" + id + "/" + of;
  }

  /** The token of a member in a role. */
  public String bearer(String role) {
    return TestTokens.bearer(UUID.randomUUID(), Set.of(), Map.of(id, role));
  }

  /** What a member in a role calls with. */
  public ApiClient as(String role) {
    return api.as(bearer(role));
  }

  /** Completes its onboarding at Stripe, and waits until the service knows. */
  public void completeOnboarding(StripeSandbox stripe) {
    as("owner")
        .post(path("payout-account"), Map.of("returnUrl", "http://localhost:8080/"))
        .expect(201);
    stripe.completeOnboarding(stripeAccountId());
    tellOfStripe(stripeAccountId(), "account.updated");
    await()
        .untilAsserted(() ->
            assertThat(
                    text(
                        """
                        SELECT status FROM payout_account
                        WHERE organization_id = :id AND status <> 'disconnected'
                        """,
                        id))
                .isEqualTo("ready"));
  }

  /** As if it had completed its onboarding, for tests without Stripe. */
  public void makeReady() {
    jdbc.sql(
            """
            INSERT INTO payout_account (id, organization_id, country, requested_at, status,
                                        stripe_id, standing, next_check_at)
            VALUES (:id, :organizationId, 'CA', :now, 'ready', :stripeId,
                    '{"requirements": [], "currencies": ["CAD", "EUR"]}', 'infinity')
            """)
        .param("id", UUID.randomUUID())
        .param("organizationId", id)
        .param("now", Parameters.instant(clock.instant()))
        .param("stripeId", "acct_" + UUID.randomUUID())
        .update();
  }

  /** The id of its account at Stripe. */
  public String stripeAccountId() {
    return text(
        """
        SELECT stripe_id FROM payout_account
        WHERE organization_id = :id AND status <> 'disconnected'
        """,
        id);
  }

  /** Ends the connection of its account at Stripe, and waits until the service knows. */
  public void disconnect(StripeSandbox stripe) {
    String stripeId = stripeAccountId();
    stripe.disconnect(stripeId);
    tellOfStripe(stripeId, "account.application.deauthorized");
    await()
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql("SELECT status FROM payout_account WHERE stripe_id = :stripeId")
                        .param("stripeId", stripeId)
                        .query(String.class)
                        .single())
                .isEqualTo("disconnected"));
  }

  /** Tells, as billing-service does, that an object of its account at Stripe has changed. */
  public void tellOfStripe(String objectId, String type) {
    facts.tell(
        new StripeObjectChanged(
            objectId, stripeAccountId(), "evt_" + UUID.randomUUID(), type, clock.instant()));
  }

  /** As if accounts-service had told of it. */
  public void isKnown() {
    jdbc.sql(
            """
            INSERT INTO organization (id, version, name, owner_account_id)
            VALUES (:id, 1, 'Nurses of Ontario', :owner)
            """)
        .param("id", id)
        .param("owner", UUID.randomUUID())
        .update();
  }

  /** An event of the organization that the service knows already. */
  public UUID event(String title, Instant endsAt) {
    UUID event = UUID.randomUUID();
    jdbc.sql(
            """
            INSERT INTO event (id, version, organization_id, title, latest_ends_at)
            VALUES (:id, 1, :organizationId, :title, :endsAt)
            """)
        .param("id", event)
        .param("organizationId", id)
        .param("title", title)
        .param("endsAt", Parameters.instant(endsAt))
        .update();
    return event;
  }

  public PostedEntry entry(String journalKind, long amountMinor) {
    return entry(journalKind, new MoneyAmount(amountMinor, CURRENCY));
  }

  public PostedEntry entry(String journalKind, MoneyAmount amount) {
    return new PostedEntry(id, journalKind, amount, clock.instant());
  }

  /** Earns something that no event holds back, so that it is available at once. */
  public void earn(long amountMinor) {
    post(entry("payment-captured", amountMinor));
  }

  /** Tells of an entry, and waits until the service has it. */
  public void post(PostedEntry entry) {
    OrganizationEntryPosted posted = entry.fact();
    facts.tell(posted);
    await()
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql("SELECT count(*) FROM entry WHERE id = :id")
                        .param("id", posted.entryId())
                        .query(Long.class)
                        .single())
                .isOne());
  }

  /** The owner requests a payout: of so much, or of all that is available. */
  public Answer requestPayout(@Nullable Long amountMinor) {
    Map<String, Object> body = new HashMap<>(Map.of("currency", CURRENCY));
    if (amountMinor != null) {
      body.put("amount", new MoneyAmount(amountMinor, CURRENCY));
    }
    return as("owner").withKey(UUID.randomUUID().toString()).post(path("payouts"), body);
  }

  /** Tells, as billing-service does, that the ledger has reserved a payout's money. */
  public void reserve(UUID payout, long amountMinor) {
    facts.tell(
        new PayoutReserved(payout, id, new MoneyAmount(amountMinor, CURRENCY), clock.instant()));
  }

  /** A payout as finance sees it. */
  public JsonNode payout(UUID payout) {
    return as("finance").get("/api/v1/payouts/" + payout).expect(200).body();
  }

  /** Waits until finance sees a payout in this status. */
  public void awaitStatus(UUID payout, String status) {
    await()
        .untilAsserted(
            () -> assertThat(payout(payout).path("status").asString()).isEqualTo(status));
  }

  /** As if Stripe had paid all that is under way, for tests without Stripe. */
  public void markPaid() {
    jdbc.sql(
            """
            UPDATE payout SET status = 'paid', paid_at = requested_at
            WHERE organization_id = :id AND status NOT IN ('failed', 'cancelled')
            """)
        .param("id", id)
        .update();
  }

  private String text(String sql, UUID ofId) {
    return jdbc.sql(sql).param("id", ofId).query(String.class).single();
  }
}
