package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.paymentmethods.FollowCardExpiry;
import io.cpdevents.billing.paymentmethods.SettlePaymentMethods;
import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.contracts.billing.EntitlementsEvent.EntitlementsChanged;
import io.cpdevents.contracts.billing.SubscriptionEvent;
import io.cpdevents.contracts.billing.SubscriptionEvent.CardExpiryNear;
import io.cpdevents.contracts.billing.SubscriptionEvent.DefaultCardReplaced;
import io.cpdevents.contracts.billing.SubscriptionEvent.PaymentMethodMissing;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.platform.test.sandbox.StripeConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class PaymentMethodsIT extends BillingJourney {

  private static final String PAYS = "4242424242424242";
  private static final String MASTERCARD = "5555555555554444";
  private static final String RETURN = "{\"returnUrl\": \"http://localhost:8080/plan\"}";

  @Autowired FollowCardExpiry follow;
  @Autowired SettlePaymentMethods settle;

  private final UUID organization = Ids.next();
  private final UUID owner = Ids.next();
  private final String bearer = TestTokens.bearer(owner, Set.of(), Map.of(organization, "owner"));
  private final String path = "/api/v1/organizations/" + organization;
  private final String cards = path + "/payment-methods";

  @Test
  void the_first_card_pays_by_itself_and_another_one_when_it_is_chosen() {
    String subscription = triesProfessional();
    assertThat(isCardRequired()).isTrue();

    String first = savesCard(PAYS);

    awaitCards(first + " default");
    assertThat(isCardRequired()).isFalse();
    JsonNode card = cards().get(0);
    assertThat(card.path("brand").asString()).isEqualTo("visa");
    assertThat(card.path("last4").asString()).isEqualTo("4242");
    assertThat(card.path("status").asString()).isEqualTo("valid");
    assertThat(defaultAtStripe()).isEqualTo(first);
    assertThat(defaultOf(subscription)).isEqualTo(first);

    String second = savesCard(MASTERCARD);
    awaitCards(first + " default", second);
    choose(second).expect(200);

    awaitCards(second + " default", first);
    assertThat(defaultAtStripe()).isEqualTo(second);
    assertThat(defaultOf(subscription)).isEqualTo(second);
  }

  @Test
  void when_the_card_that_pays_is_removed_the_next_valid_one_takes_over() {
    String subscription = triesProfessional();
    String first = savesCard(PAYS);
    awaitCards(first + " default");
    String second = savesCard(MASTERCARD);
    awaitCards(first + " default", second);

    api.as(bearer).delete(cards + "/" + first).expect(204);

    awaitCards(second + " default");
    assertThat(defaultAtStripe()).isEqualTo(second);
    assertThat(defaultOf(subscription)).isEqualTo(second);
    api.as(bearer).delete(cards + "/" + first).refused(404, "payment-method-not-found");
    api.as(bearer).delete(cards + "/" + second).expect(204);
    awaitCards();
    assertThat(defaultAtStripe()).isEmpty();
    assertThat(defaultOf(subscription)).isEmpty();
    assertThat(isCardRequired()).isTrue();
  }

  @Test
  void what_is_done_in_stripes_dashboard_and_by_banks_is_taken_over() {
    String first = savesCard(PAYS);
    awaitCards(first + " default");
    String second = savesCard(MASTERCARD);
    awaitCards(first + " default", second);

    stripe.setDefaultInDashboard(customer(), second);
    awaitCards(second + " default", first);
    stripe.detachInDashboard(second);
    awaitCards(first + " default");
    stripe.renewCard(first, 7, 2041, "1881");

    await().atMost(EVENTUALLY).until(() -> cards().get(0).path("last4").asString().equals("1881"));
    assertThat(cards().get(0).path("expYear").asInt()).isEqualTo(2041);
  }

  @Test
  void a_card_that_a_subscription_alone_is_given_in_the_dashboard_pays_from_then_on() {
    String subscription = triesProfessional();
    String first = savesCard(PAYS);
    awaitCards(first + " default");
    String second = savesCard(MASTERCARD);
    awaitCards(first + " default", second);

    stripe.setDefaultOfSubscriptionInDashboard(subscription, second);

    awaitCards(second + " default", first);
    await().atMost(EVENTUALLY).until(() -> defaultAtStripe().equals(second));
    assertThat(defaultOf(subscription)).isEqualTo(second);
    choose(first).expect(200);
    awaitCards(first + " default", second);
    assertThat(defaultOf(subscription)).isEqualTo(first);
  }

  @Test
  void a_card_is_chosen_although_many_ask_about_the_cards_at_the_same_moment() {
    String subscription = triesProfessional();
    String first = savesCard(PAYS);
    awaitCards(first + " default");
    String second = savesCard(MASTERCARD);
    awaitCards(first + " default", second);

    for (String chosen : List.of(second, first, second)) {
      List<Integer> statuses =
          AtOnce.numbered(6, number -> number == 0 ? choose(chosen).status() : settledStatus());

      assertThat(statuses).containsOnly(200);
      await().atMost(EVENTUALLY).until(() -> kept().getFirst().equals(chosen + " default"));
      await().atMost(EVENTUALLY).until(() -> defaultOf(subscription).equals(chosen));
    }
  }

  private int settledStatus() {
    return settle.handle(customer()) ? 200 : 404;
  }

  @Test
  void what_stripe_refuses_about_a_card_is_told_by_a_code() {
    String first = savesCard(PAYS);
    awaitCards(first + " default");
    connection.failNext("POST /v1/customers/" + customer(), StripeConnection.Failure.REFUSAL);

    choose(first).refused(409, "payment-method-refused");

    connection.failNext("POST /v1/checkout/sessions", StripeConnection.Failure.REFUSAL);
    post(cards + "/setup", bearer, RETURN).refused(409, "payment-method-refused");
    choose(first).expect(200);
  }

  @Test
  void an_expired_card_is_never_chosen_and_a_valid_one_pays_in_its_place() {
    String first = savesCard(PAYS);
    awaitCards(first + " default");
    String second = savesCard(MASTERCARD);
    awaitCards(first + " default", second);

    stripe.renewCard(first, 1, 2020, "4242");

    awaitCards(second + " default", first);
    assertThat(cards().get(1).path("status").asString()).isEqualTo("expired");
    choose(first).refused(409, "payment-method-expired");
    awaitCards(second + " default", first);
  }

  @Test
  void people_are_told_three_times_that_the_card_that_pays_expires_and_then_the_next_one_pays() {
    triesProfessional();
    String first = savesCard(PAYS);
    awaitCards(first + " default");
    String second = savesCard(MASTERCARD);
    awaitCards(first + " default", second);
    YearMonth last = expiresInMonths(first, 2);
    expiresInMonths(second, 2);

    reaches(last, 31);
    assertThat(notices()).isEmpty();
    reaches(last, 30);
    assertThat(awaitNotices(1)).containsExactly(first + " 30");
    // A bank renews it: what was to come is not told of it any more.
    YearMonth renewed = expiresInMonths(first, 3);
    reaches(last, 7);
    assertThat(notices()).hasSize(1);
    reaches(renewed, 30);
    reaches(renewed, 7);
    reaches(renewed, 1);
    assertThat(awaitNotices(4))
        .containsExactly(first + " 30", first + " 30", first + " 7", first + " 1");
    expiresInMonths(second, 12);
    assertThat(kept()).containsExactly(first + " default", second);

    reaches(renewed, 0);

    assertThat(kept()).containsExactly(second + " default", first);
    assertThat(defaultAtStripe()).isEqualTo(second);
    DefaultCardReplaced replaced = events.await(DefaultCardReplaced.class, this::isOurs);
    assertThat(replaced.paymentMethodId()).isEqualTo(second);
    assertThat(replaced.last4()).isEqualTo("4444");
    assertThat(replaced.replacedLast4()).isEqualTo("4242");
    awaitApplied(customer());
    settle.handle(customer());
    assertThat(events.all(DefaultCardReplaced.class)).filteredOn(this::isOurs).hasSize(1);
    assertThat(events.all(PaymentMethodMissing.class)).noneMatch(this::isOurs);
    assertThat(notices()).hasSize(4);
  }

  @Test
  void an_expired_card_without_another_one_is_told_once_and_again_when_its_successor_is_lost() {
    triesProfessional();
    String first = savesCard(PAYS);
    awaitCards(first + " default");
    YearMonth last = expiresInMonths(first, 1);

    stripe.loseAnswers("GET", "/v1/customers/" + customer(), 10);
    reaches(last, 0);
    assertThat(events.all(PaymentMethodMissing.class)).noneMatch(this::isOurs);
    stripe.loseAnswers("GET", "/v1/nothing", 1);
    advanceClocks(Duration.ofMinutes(5));
    follow.handle();
    settle.handle(customer());

    awaitMissing(1);
    assertThat(kept()).containsExactly(first + " default");
    assertThat(isCardRequired()).isTrue();
    String second = savesCard(MASTERCARD);
    awaitCards(second + " default", first);
    events.await(DefaultCardReplaced.class, this::isOurs);
    api.as(bearer).delete(cards + "/" + second).expect(204);
    awaitMissing(2);
  }

  @Test
  void nobody_is_told_of_a_card_that_has_no_plan_to_pay() {
    String card = savesCard(PAYS);
    awaitCards(card + " default");
    YearMonth last = expiresInMonths(card, 2);

    reaches(last, 30);
    reaches(last, 7);

    // It was looked at, and is looked at next the day before its end.
    assertThat(
            jdbc.sql("SELECT next_notice_at FROM payment_method WHERE id = :id")
                .param("id", card)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single())
        .isEqualTo(clock.instant().plus(Duration.ofDays(6)));
    assertThat(notices()).isEmpty();
  }

  @Test
  void nobody_is_told_of_the_end_of_a_card_that_pays_a_plan_which_is_cancelled() {
    triesProfessional();
    String card = savesCard(PAYS);
    awaitCards(card + " default");
    YearMonth last = expiresInMonths(card, 1);
    post("/api/v1/organizations/" + organization + "/subscription/cancel", bearer, "").expect(200);

    reaches(last, 30);
    reaches(last, 7);

    assertThat(notices()).isEmpty();
    assertThat(events.all(PaymentMethodMissing.class)).noneMatch(this::isOurs);
  }

  private YearMonth expiresInMonths(String card, int months) {
    YearMonth month = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)).plusMonths(months);
    stripe.renewCard(card, month.getMonthValue(), month.getYear(), last4(card));
    await()
        .atMost(EVENTUALLY)
        .until(() -> card(card).path("expMonth").asInt() == month.getMonthValue());
    return month;
  }

  private JsonNode card(String id) {
    return cards()
        .valueStream()
        .filter(card -> card.path("id").asString().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private String last4(String card) {
    return card(card).path("last4").asString();
  }

  /** Goes to so many days before the end of a card's last month, and looks twice what is due. */
  private void reaches(YearMonth last, int daysBefore) {
    Instant end = last.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    advanceClocks(Duration.between(clock.instant(), end.minus(Duration.ofDays(daysBefore))));
    follow.handle();
    follow.handle();
  }

  private List<String> notices() {
    return events.all(CardExpiryNear.class).stream()
        .filter(this::isOurs)
        .map(near -> near.paymentMethodId() + " " + near.daysBefore())
        .toList();
  }

  private List<String> awaitNotices(int number) {
    await().atMost(EVENTUALLY).until(() -> notices().size() == number);
    return notices();
  }

  private void awaitMissing(int times) {
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(events.all(PaymentMethodMissing.class))
                .filteredOn(this::isOurs)
                .hasSize(times));
  }

  private boolean isOurs(SubscriptionEvent event) {
    return event.organizationId().equals(organization);
  }

  @Test
  void a_card_whose_events_were_lost_doubled_or_late_is_there_once() {
    stripe.loseWebhooks();
    String first = savesCard(PAYS);
    stripe.deliverWebhooks();
    String second = savesCard(MASTERCARD);
    await().atMost(EVENTUALLY).until(() -> cards().size() == 2);

    String payer = defaultAtStripe();
    stripe.redeliver("payment_method.attached", first);
    stripe.redeliver("payment_method.attached", second);
    awaitApplied(customer());

    assertThat(kept()).hasSize(2).contains(payer + " default");
  }

  @Test
  void a_default_that_stripe_has_and_we_did_not_hear_of_is_taken_over_with_the_next_event() {
    String subscription = triesProfessional();
    String first = savesCard(PAYS);
    awaitCards(first + " default");
    String second = savesCard(MASTERCARD);
    awaitCards(first + " default", second);
    // The customer's default is set, and the process dies before it hears of that.
    stripe.loseWebhooks();
    stripe.loseAnswers("POST", "/v1/customers/" + customer(), 10);
    choose(second).refused(503, "stripe-unavailable");
    stripe.deliverWebhooks();

    stripe.redeliver("customer.updated", customer());

    awaitCards(second + " default", first);
    assertThat(defaultOf(subscription)).isEqualTo(second);
  }

  @Test
  void an_organization_whose_customer_was_deleted_at_stripe_becomes_another() {
    String first = savesCard(PAYS);
    awaitCards(first + " default");
    String deleted = customer();
    stripe.loseWebhooks();
    stripe.deleteCustomer(deleted);

    String second = savesCard(MASTERCARD);
    stripe.deliverWebhooks();
    stripe.redeliver("payment_method.attached", second);

    awaitCards(second + " default");
    assertThat(customer()).isNotEqualTo(deleted);
  }

  @Test
  void a_page_leads_to_addresses_of_ours_alone_and_to_those_who_have_the_role() {
    String staff = TestTokens.bearer(Ids.next(), Set.of(), Map.of(organization, "staff"));
    String stranger = TestTokens.bearer(Ids.next());

    for (String other : List.of(staff, stranger)) {
      boolean isMember = other.equals(staff);
      int status = isMember ? 403 : 404;
      String code = isMember ? "role-missing" : "organization-not-found";
      post(cards + "/setup", other, RETURN).refused(status, code);
      get(cards, other).refused(status, code);
      api.as(other).put(cards + "/pm_1/default", "").refused(status, code);
      api.as(other).delete(cards + "/pm_1").refused(status, code);
    }
    get(cards, null).refused(401, "session-missing");
    assertThat(
            post(cards + "/setup", bearer, "{\"returnUrl\": \"https://elsewhere.example\"}")
                .status())
        .isEqualTo(400);
    choose("pm_of_nobody").refused(404, "payment-method-not-found");
  }

  /** Returns the subscription's id at Stripe. */
  private String triesProfessional() {
    facts.tell(new OrganizationChanged(organization, 1, "Institute", owner, List.of(owner), null));
    post(path + "/trial", bearer, "").expect(201);
    events.await(
        EntitlementsChanged.class,
        event -> organization.equals(event.organizationId()) && event.version() == 2);
    return stripe
        .show("subscriptions?customer=" + customer())
        .path("data")
        .get(0)
        .path("id")
        .asString();
  }

  private String savesCard(String number) {
    String url = post(cards + "/setup", bearer, RETURN).expect(201).body().path("url").asString();
    return stripe.saveCard(stripe.sessionOf(url), number);
  }

  private Answer choose(String method) {
    return api.as(bearer).put(cards + "/" + method + "/default", "");
  }

  private JsonNode cards() {
    return get(cards, bearer).expect(200).body().path("data");
  }

  private List<String> kept() {
    return cards()
        .valueStream()
        .map(card ->
            card.path("id").asString() + (card.path("isDefault").asBoolean() ? " default" : ""))
        .toList();
  }

  private void awaitCards(String... expected) {
    await().atMost(EVENTUALLY).untilAsserted(() -> assertThat(kept()).containsExactly(expected));
  }

  private boolean isCardRequired() {
    return get(path + "/subscription", bearer)
        .expect(200)
        .body()
        .path("paymentMethodRequired")
        .asBoolean();
  }

  private String customer() {
    return jdbc.sql(
            "SELECT stripe_customer_id FROM organization_customer WHERE organization_id = :id")
        .param("id", organization)
        .query(String.class)
        .single();
  }

  private String defaultAtStripe() {
    return stripe
        .show("customers/" + customer())
        .at("/invoice_settings/default_payment_method")
        .asString("");
  }

  private String defaultOf(String subscription) {
    return stripe.show("subscriptions/" + subscription).path("default_payment_method").asString("");
  }
}
