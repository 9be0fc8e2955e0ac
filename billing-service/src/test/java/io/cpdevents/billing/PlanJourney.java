package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.subscriptions.AskAboutSubscriptions;
import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.contracts.billing.EntitlementsEvent.EntitlementsChanged;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The steps that the tests of organizations' plans have in common. */
class PlanJourney extends BillingJourney {

  static final Duration DAY = Duration.ofDays(1);
  static final Duration TRIAL = Duration.ofDays(14);

  @Autowired AskAboutSubscriptions ask;

  /** An organization and whoever owns it. */
  record Founded(UUID id, UUID owner) {
    String path() {
      return "/api/v1/organizations/" + id;
    }

    String bearer() {
      return TestTokens.bearer(owner, Set.of(), Map.of(id, "owner"));
    }
  }

  Founded founded() {
    return founded(Ids.next());
  }

  Founded founded(UUID owner) {
    Founded founded = new Founded(Ids.next(), owner);
    facts.tell(new OrganizationChanged(founded.id(), 1, "Institute", owner, List.of(owner), null));
    return founded;
  }

  /** Nobody belongs to it any more. */
  void tellClosed(Founded founded) {
    facts.tell(
        new OrganizationChanged(
            founded.id(),
            2,
            "Institute",
            founded.owner(),
            List.of(founded.owner()),
            clock.instant()));
    await()
        .atMost(EVENTUALLY)
        .until(() ->
            jdbc.sql("SELECT closed FROM organization_owner WHERE organization_id = :id")
                .param("id", founded.id())
                .query(Boolean.class)
                .optional()
                .orElse(false));
  }

  /** Asks Stripe all that is due to be asked about plans, of other tests' organizations too. */
  void askAll() {
    while (ask.handle() > 0) {
      // The next batch.
    }
  }

  Answer startTrial(Founded founded) {
    return post(founded.path() + "/trial", founded.bearer(), "");
  }

  JsonNode subscription(Founded founded) {
    return get(founded.path() + "/subscription", founded.bearer()).expect(200).body();
  }

  boolean hasStatus(Founded founded, String status) {
    return subscription(founded).path("status").asString().equals(status);
  }

  /** Those that charge something: Stripe makes one of nothing for the trial itself. */
  List<JsonNode> invoices(Founded founded) {
    return get(founded.path() + "/invoices", founded.bearer())
        .expect(200)
        .body()
        .path("data")
        .values()
        .stream()
        .filter(invoice -> invoice.at("/total/amountMinor").asLong() > 0)
        .toList();
  }

  String setupPage(Founded founded) {
    return post(
            founded.path() + "/payment-methods/setup",
            founded.bearer(),
            "{\"returnUrl\": \"http://localhost:8080/plan\"}")
        .expect(201)
        .body()
        .path("url")
        .asString();
  }

  void savesCard(Founded founded) {
    stripe.saveCard(stripe.sessionOf(setupPage(founded)), "4242424242424242");
    await()
        .atMost(EVENTUALLY)
        .until(() -> !subscription(founded).path("paymentMethodRequired").asBoolean());
  }

  /** Empty when there is none. */
  String customer(Founded founded) {
    return jdbc.sql(
            """
            SELECT coalesce(stripe_customer_id, '') FROM organization_customer
            WHERE organization_id = :id
            """)
        .param("id", founded.id())
        .query(String.class)
        .single();
  }

  /** The payment intent that has paid the first invoice. */
  String intent(Founded founded) {
    return told(founded, "payment_intent.succeeded");
  }

  /** What Stripe tells of about the first invoice. */
  String told(Founded founded, String type) {
    String invoice =
        stripe.show("invoices?customer=" + customer(founded)).at("/data/0/id").asString();
    JsonNode payment = stripe.show("invoice_payments?invoice=" + invoice).at("/data/0");
    return switch (type) {
      case "payment_intent.succeeded" -> payment.at("/payment/payment_intent").asString();
      case "invoice_payment.paid" -> payment.path("id").asString();
      default -> invoice;
    };
  }

  /** Waits until the charge of the first invoice is booked, and returns it. */
  String awaitBooked(Founded founded) {
    String settlement = stripe.settlementOf(intent(founded));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(postings("balance-transaction", settlement))
                .hasSize(3)
                .contains("awaiting-stripe -9900"));
    return stripe.chargeOf(intent(founded));
  }

  EntitlementsChanged entitlements(Founded founded, long version) {
    return events.await(
        EntitlementsChanged.class,
        event -> isOf(founded, event.organizationId()) && event.version() == version);
  }

  List<Long> versions(Founded founded) {
    return events.all(EntitlementsChanged.class).stream()
        .filter(event -> isOf(founded, event.organizationId()))
        .map(EntitlementsChanged::version)
        .toList();
  }

  static boolean isOf(Founded founded, UUID organizationId) {
    return founded.id().equals(organizationId);
  }

  /** The ids of the organization's subscriptions at Stripe, whatever became of them. */
  List<String> atStripe(Founded founded) {
    String path = "subscriptions?status=all&limit=100";
    await().atMost(EVENTUALLY).until(() -> !of(founded, stripe.show(path)).isEmpty());
    return of(founded, stripe.show(path));
  }

  static List<String> of(Founded founded, JsonNode list) {
    return list.path("data")
        .valueStream()
        .filter(found ->
            found
                .path("metadata")
                .path("organizationId")
                .asString("")
                .equals(founded.id().toString()))
        .map(found -> found.path("id").asString())
        .toList();
  }

  /**
   * What Stripe has told has come and is applied: later it would meet what a test does next. What
   * somebody is applying at this moment is leased, and due later.
   */
  void awaitNothingToApply() {
    await()
        .atMost(EVENTUALLY)
        .until(() ->
            stripe.pendingDeliveries() == 0
                && jdbc.sql(
                            """
                            SELECT count(*) FROM stripe_event
                            WHERE status = 'received' AND failures = 0
                            """)
                        .query(Long.class)
                        .single()
                    == 0);
  }
}
