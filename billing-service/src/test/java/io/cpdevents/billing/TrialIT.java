package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.subscriptions.AskAboutSubscriptions;
import io.cpdevents.billing.subscriptions.TellTrialEnds;
import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.contracts.billing.EntitlementsEvent.EntitlementsChanged;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEndNear;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEnded;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class TrialIT extends BillingJourney {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration TRIAL = Duration.ofDays(14);
  private static final String SUBSCRIPTIONS = "/v1/subscriptions";

  @Autowired AskAboutSubscriptions ask;
  @Autowired TellTrialEnds tellTrialEnds;

  /** An organization and whoever owns it. */
  private record Founded(UUID id, UUID owner) {
    String path() {
      return "/api/v1/organizations/" + id;
    }

    String bearer() {
      return TestTokens.bearer(owner, Set.of(), Map.of(id, "owner"));
    }
  }

  @Test
  void plans_are_shown_to_everybody_with_prices_limits_and_fees() {
    JsonNode plans = get("/api/v1/plans", null).expect(200).body().path("data");

    assertThat(plans.valueStream().map(plan -> plan.path("id").asString()))
        .containsExactly("free", "starter", "professional");
    assertThat(plans.get(0).path("limits").toString())
        .isEqualTo("{\"publications\":2,\"registrations\":50}");
    assertThat(plans.get(2).path("limits").toString())
        .isEqualTo("{\"publications\":null,\"registrations\":5000}");
    assertThat(amount(plans.get(0).path("prices"), "CAD")).isZero();
    assertThat(amount(plans.get(1).path("prices"), "JPY")).isEqualTo(2_900);
    assertThat(plans.get(2).path("feeRule").path("basisPoints").asInt()).isEqualTo(150);
    assertThat(amount(plans.get(2).path("feeRule").path("perTicket"), "KWD")).isEqualTo(60);
  }

  @Test
  void an_organization_is_on_free_until_it_tries_professional() {
    Founded founded = founded();
    EntitlementsChanged free = entitlements(founded, 1);
    assertThat(free.planId()).isEqualTo("free");
    assertThat(free.limits().publications()).isEqualTo(2);
    assertThat(subscription(founded).path("status").asString()).isEqualTo("free");

    JsonNode trial = startTrial(founded).expect(201).body();

    assertThat(trial.path("status").asString()).isEqualTo("trialing");
    assertThat(trial.path("planId").asString()).isEqualTo("professional");
    assertThat(trial.path("trialEndsAt").asString())
        .isEqualTo(clock.instant().plus(TRIAL).toString());
    assertThat(trial.path("paymentMethodRequired").asBoolean()).isTrue();
    EntitlementsChanged professional = entitlements(founded, 2);
    assertThat(professional.limits().publications()).isNull();
    assertThat(professional.limits().registrations()).isEqualTo(5_000);
    assertThat(professional.feeRule().basisPoints()).isEqualTo(150);
    startTrial(founded).refused(409, "trial-used");
    assertThat(atStripe(founded)).hasSize(1);
  }

  @Test
  void a_payment_has_the_fee_rule_of_the_plan_at_its_beginning() {
    Held before = hold("CAD", 10_000);
    Founded founded = new Founded(before.organizationId(), Ids.next());
    assertThat(fee(founded, paymentOf(before))).isEqualTo(550);
    startTrial(founded).expect(201);

    Held during = holdFor(founded.id(), "CAD", 10_000);

    assertThat(fee(founded, paymentOf(during))).isEqualTo(170);
    assertThat(fee(founded, paymentOf(before))).isEqualTo(550);
  }

  @Test
  void a_trial_without_a_card_ends_once_however_often_that_is_told() {
    Founded founded = founded();
    startTrial(founded).expect(201);
    String atStripe = atStripe(founded).getFirst();

    advanceClocks(TRIAL);

    TrialEnded ended =
        events.await(TrialEnded.class, event -> isOf(founded, event.organizationId()));
    assertThat(ended.nextPlanId()).isEqualTo("free");
    stripe.redeliver("customer.subscription.deleted", atStripe);
    stripe.redeliver("customer.subscription.created", atStripe);
    awaitApplied(atStripe);
    advanceClocks(DAY);
    ask.handle();
    assertThat(entitlements(founded, 3).planId()).isEqualTo("free");
    assertThat(subscription(founded).path("status").asString()).isEqualTo("free");
    assertThat(subscription(founded).path("trialEndsAt").isNull()).isTrue();
    assertThat(versions(founded)).containsExactly(1L, 2L, 3L);
    assertThat(
            events.all(TrialEnded.class).stream()
                .filter(event -> isOf(founded, event.organizationId())))
        .hasSize(1);
    startTrial(founded).refused(409, "trial-used");
  }

  @Test
  void a_trial_whose_end_no_webhook_tells_ends_because_stripe_is_asked() {
    Founded founded = founded();
    startTrial(founded).expect(201);
    stripe.loseWebhooks();

    advanceClocks(TRIAL.plusMinutes(1));
    ask.handle();

    events.await(TrialEnded.class, event -> isOf(founded, event.organizationId()));
    assertThat(entitlements(founded, 3).planId()).isEqualTo("free");
  }

  @Test
  void an_owner_tries_a_plan_once_whatever_becomes_of_the_organization() {
    Founded first = founded();
    startTrial(first).expect(201);
    Founded again = founded(first.owner());
    entitlements(again, 1);

    startTrial(again).refused(409, "trial-used");

    assertThat(subscription(again).path("status").asString()).isEqualTo("free");
    String finance = TestTokens.bearer(Ids.next(), Set.of(), Map.of(again.id(), "finance"));
    post(again.path() + "/trial", finance, "").refused(409, "trial-used");
  }

  @Test
  void of_many_who_start_the_trial_at_once_one_does() {
    Founded founded = founded();

    List<Answer> answers = AtOnce.times(8, () -> startTrial(founded));

    // Who comes while Stripe still answers the first one may be told to ask again.
    assertThat(answers).extracting(Answer::status).contains(201).isSubsetOf(201, 409, 503);
    assertThat(atStripe(founded)).hasSize(1);
    assertThat(entitlements(founded, 2).planId()).isEqualTo("professional");
  }

  @Test
  void a_trial_whose_answers_were_lost_is_found_and_begun_once() {
    Founded founded = founded();
    stripe.loseAnswers("POST", SUBSCRIPTIONS, 10);
    startTrial(founded).refused(503, "stripe-unavailable");
    assertThat(subscription(founded).path("status").asString()).isEqualTo("free");
    stripe.loseAnswers("POST", "/v1/nothing", 1);

    advanceClocks(Duration.ofMinutes(1));
    ask.handle();

    entitlements(founded, 2);
    assertThat(atStripe(founded)).hasSize(1);
    assertThat(subscription(founded).path("status").asString()).isEqualTo("trialing");
  }

  @Test
  void a_trial_that_stripe_failed_to_begin_is_begun_under_another_key() {
    Founded founded = founded();
    stripe.storeFailures("POST", SUBSCRIPTIONS, 1);
    startTrial(founded).refused(503, "stripe-unavailable");

    startTrial(founded).expect(201);

    assertThat(connection.requests("trial:" + founded.id() + ":2")).isNotEmpty();
    assertThat(atStripe(founded)).hasSize(1);
  }

  @Test
  void a_trial_that_could_not_be_begun_for_longer_than_it_lasts_is_begun_from_then_on() {
    Founded founded = founded();
    stripe.storeFailures("POST", SUBSCRIPTIONS, 1);
    startTrial(founded).refused(503, "stripe-unavailable");

    advanceClocks(TRIAL.plus(DAY));
    Instant later = clock.instant();
    ask.handle();

    entitlements(founded, 2);
    JsonNode trial = subscription(founded);
    assertThat(trial.path("status").asString()).isEqualTo("trialing");
    assertThat(Instant.parse(trial.path("trialEndsAt").asString()))
        .isAfter(later.plus(TRIAL).minus(DAY));
    assertThat(atStripe(founded)).hasSize(1);
  }

  @Test
  void a_trial_begins_when_its_event_comes_before_the_answer() {
    Founded founded = founded();
    stripe.loseAnswers("POST", SUBSCRIPTIONS, 10);

    startTrial(founded).refused(503, "stripe-unavailable");
    stripe.redeliver("customer.subscription.created", atStripe(founded).getFirst());

    assertThat(entitlements(founded, 2).planId()).isEqualTo("professional");
  }

  @Test
  void people_are_told_three_days_and_one_day_before_the_end_once_each() {
    Founded founded = founded();
    startTrial(founded).expect(201);

    for (int day = 0; day < 14; day++) {
      advanceClocks(DAY);
      tellTrialEnds.handle();
      tellTrialEnds.handle();
    }

    events.await(TrialEnded.class, event -> isOf(founded, event.organizationId()));
    assertThat(
            events.all(TrialEndNear.class).stream()
                .filter(event -> isOf(founded, event.organizationId()))
                .map(TrialEndNear::daysBefore))
        .containsExactly(3, 1);
  }

  @Test
  void members_without_the_role_and_strangers_have_no_part_in_it() {
    Founded founded = founded();
    String staff = TestTokens.bearer(Ids.next(), Set.of(), Map.of(founded.id(), "staff"));
    String stranger = TestTokens.bearer(Ids.next());

    for (String bearer : List.of(staff, stranger)) {
      boolean isMember = bearer.equals(staff);
      int status = isMember ? 403 : 404;
      String code = isMember ? "role-missing" : "organization-not-found";
      get(founded.path() + "/subscription", bearer).refused(status, code);
      post(founded.path() + "/trial", bearer, "").refused(status, code);
    }
    get(founded.path() + "/subscription", null).refused(401, "session-missing");
  }

  private Founded founded() {
    return founded(Ids.next());
  }

  private Founded founded(UUID owner) {
    Founded founded = new Founded(Ids.next(), owner);
    facts.tell(new OrganizationChanged(founded.id(), 1, "Institute", owner));
    return founded;
  }

  private Answer startTrial(Founded founded) {
    return post(founded.path() + "/trial", founded.bearer(), "");
  }

  private JsonNode subscription(Founded founded) {
    return get(founded.path() + "/subscription", founded.bearer()).expect(200).body();
  }

  private EntitlementsChanged entitlements(Founded founded, long version) {
    return events.await(
        EntitlementsChanged.class,
        event -> isOf(founded, event.organizationId()) && event.version() == version);
  }

  private List<Long> versions(Founded founded) {
    return events.all(EntitlementsChanged.class).stream()
        .filter(event -> isOf(founded, event.organizationId()))
        .map(EntitlementsChanged::version)
        .toList();
  }

  private static boolean isOf(Founded founded, UUID organizationId) {
    return founded.id().equals(organizationId);
  }

  /** The ids of the organization's subscriptions at Stripe, whatever became of them. */
  private List<String> atStripe(Founded founded) {
    String path = "subscriptions?status=all&limit=100";
    await().atMost(EVENTUALLY).until(() -> !of(founded, stripe.show(path)).isEmpty());
    return of(founded, stripe.show(path));
  }

  private static List<String> of(Founded founded, JsonNode list) {
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

  private long fee(Founded founded, UUID payment) {
    return get("/api/v1/payments/" + payment, founded.bearer())
        .expect(200)
        .body()
        .path("platformFee")
        .path("amountMinor")
        .asLong();
  }

  private static long amount(JsonNode amounts, String currency) {
    return amounts
        .valueStream()
        .filter(amount -> amount.path("currency").asString().equals(currency))
        .mapToLong(amount -> amount.path("amountMinor").asLong())
        .sum();
  }
}
