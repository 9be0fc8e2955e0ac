package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.paymentmethods.RemoveCardsOfClosed;
import io.cpdevents.billing.reconciliation.MatchJournals;
import io.cpdevents.billing.subscriptions.TellPlanTerms;
import io.cpdevents.billing.subscriptions.TellTrialEnds;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.contracts.billing.EntitlementsEvent.EntitlementsChanged;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanPaymentDisputed;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEndNear;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialPaid;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class TrialIT extends PlanJourney {

  private static final String SUBSCRIPTIONS = "/v1/subscriptions";

  @Autowired TellTrialEnds tellTrialEnds;
  @Autowired RemoveCardsOfClosed removeCards;
  @Autowired TellPlanTerms tellPlanTerms;
  @Autowired MatchJournals matchJournals;

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
  void with_an_organization_that_is_closed_ends_its_plan_and_nothing_is_charged() {
    Founded founded = founded();
    startTrial(founded).expect(201);
    savesCard(founded);
    String page = setupPage(founded);
    String open = "/internal/organizations/" + founded.id() + "/open-matters";
    assertThat(api.as(INTERNAL).get(open).expect(200).body().size()).isZero();

    tellClosed(founded);
    tellClosed(founded);

    await()
        .atMost(EVENTUALLY)
        .until(() -> subscription(founded).path("cancelAtPeriodEnd").asBoolean());
    String customer =
        jdbc.sql("SELECT stripe_customer_id FROM organization_customer WHERE organization_id = :id")
            .param("id", founded.id())
            .query(String.class)
            .single();
    await().atMost(EVENTUALLY).until(() -> cardsAtStripe(customer) == 0);
    await()
        .atMost(EVENTUALLY)
        .until(() ->
            jdbc.sql("SELECT count(*) FROM payment_method WHERE organization_id = :id")
                    .param("id", founded.id())
                    .query(Integer.class)
                    .single()
                == 0);
    // On a page that was opened before somebody saves one all the same.
    stripe.saveCard(stripe.sessionOf(page), "4242424242424242");
    assertThat(cardsAtStripe(customer)).isOne();
    assertThat(
            jdbc.sql("SELECT count(*) FROM scheduled_tasks WHERE task_instance = :id")
                .param("id", founded.id() + ":cards")
                .query(Integer.class)
                .single())
        .as("it is looked at once more")
        .isOne();
    removeCards.handle(founded.id());
    assertThat(cardsAtStripe(customer)).isZero();
    advanceClocks(TRIAL);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "free"));
    assertThat(invoices(founded)).isEmpty();
  }

  private int cardsAtStripe(String customer) {
    return stripe.show("customers/" + customer + "/payment_methods").path("data").size();
  }

  @Test
  void a_session_that_outlives_its_organization_begins_nothing() {
    Founded ending = founded();
    Founded free = founded();
    startTrial(ending).expect(201);
    savesCard(free);
    for (Founded each : List.of(ending, free)) {
      tellClosed(each);
    }
    await()
        .atMost(EVENTUALLY)
        .until(() -> subscription(ending).path("cancelAtPeriodEnd").asBoolean());

    for (String request : List.of("/subscription/resume", "/subscription/change/cancel")) {
      post(ending.path() + request, ending.bearer(), "").refused(409, "wrong-state");
    }
    startTrial(free).refused(409, "wrong-state");
    String starter = "{\"planId\": \"starter\"}";
    for (String request : List.of("/subscription/change-preview", "/subscription/change")) {
      post(free.path() + request, free.bearer(), starter).refused(409, "wrong-state");
      post(ending.path() + request, ending.bearer(), starter).refused(409, "wrong-state");
    }

    assertThat(hasStatus(free, "free")).isTrue();
    assertThat(subscription(ending).path("cancelAtPeriodEnd").asBoolean()).isTrue();
  }

  @Test
  void what_is_open_of_an_organizations_money_is_told_before_it_is_closed() {
    Held held = hold("CAD", 10_000);
    String open = "/internal/organizations/" + held.organizationId() + "/open-matters";
    UUID payment = paymentOf(held);
    assertThat(api.as(INTERNAL).get(open).expect(200).plain()).isEqualTo("[\"payments\"]");

    paid(held, payment);

    assertThat(api.as(INTERNAL).get(open).expect(200).plain()).isEqualTo("[\"balance\"]");
    api.as(founded().bearer()).get(open).refused(401, "internal-only");
  }

  @Test
  void a_trial_is_paid_in_the_currency_that_was_wanted() {
    Founded founded = founded();
    String trial = founded.path() + "/trial";
    post(trial, founded.bearer(), "{\"currency\": \"CHF\"}").refused(422, "currency-not-supported");

    JsonNode begun = post(trial, founded.bearer(), "{\"currency\": \"EUR\"}").expect(201).body();

    assertThat(begun.path("currency").asString()).isEqualTo("EUR");
    savesCard(founded);
    advanceClocks(TRIAL);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    advanceClocks(DAY);
    assertThat(
            events.await(TrialPaid.class, event -> isOf(founded, event.organizationId())).total())
        .isEqualTo(new MoneyAmount(9_900, "EUR"));
  }

  @Test
  void a_trial_is_paid_in_the_currency_in_which_its_organization_is_and_in_another_one_if_unpaid() {
    Held held = hold("USD", 10_000);
    paid(held, paymentOf(held));
    Founded founded = new Founded(held.organizationId(), Ids.next());
    assertThat(subscription(founded).path("currency").asString()).isEqualTo("USD");

    startTrial(founded).expect(201);

    assertThat(subscription(founded).path("currency").asString()).isEqualTo("USD");
    String change = founded.path() + "/subscription/change";
    String inEuros = "{\"planId\": \"starter\", \"currency\": \"EUR\"}";
    post(change, founded.bearer(), inEuros).refused(409, "currency-fixed");
    advanceClocks(TRIAL);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "free"));
    // Nothing was paid, and nothing runs.
    savesCard(founded);
    await().atMost(EVENTUALLY).until(() -> post(change, founded.bearer(), inEuros).status() == 200);
    assertThat(subscription(founded).path("currency").asString()).isEqualTo("EUR");
    post(change, founded.bearer(), "{\"planId\": \"professional\", \"currency\": \"USD\"}")
        .refused(409, "currency-fixed");
  }

  @Test
  void when_the_limits_of_a_plan_change_everybody_on_it_is_told_once() {
    // Nobody of another test is on a plan of its own.
    jdbc.sql(
            """
            WITH added AS (
                INSERT INTO plan (id, name, position, max_publications, max_registrations)
                VALUES ('told', 'Told', 99, 5, 100) RETURNING id),
            rule AS (
                INSERT INTO fee_rule (plan_id, valid_from, basis_points)
                SELECT id, '-infinity', 300 FROM added RETURNING plan_id, valid_from)
            INSERT INTO fee_rule_amount (plan_id, valid_from, currency, fixed_per_ticket_minor)
            SELECT plan_id, valid_from, 'CAD', 30 FROM rule
            """)
        .update();
    Founded founded = founded();
    entitlements(founded, 1);
    jdbc.sql("UPDATE subscription SET plan_id = 'told' WHERE organization_id = :id")
        .param("id", founded.id())
        .update();
    tellPlanTerms.handle();
    assertThat(entitlements(founded, 2).limits().publications()).isEqualTo(5);

    jdbc.sql("UPDATE plan SET max_publications = 7 WHERE id = 'told'").update();
    tellPlanTerms.handle();
    tellPlanTerms.handle();

    EntitlementsChanged told = entitlements(founded, 3);
    assertThat(told.planId()).isEqualTo("told");
    assertThat(told.limits().publications()).isEqualTo(7);
    jdbc.sql("UPDATE subscription SET plan_id = 'free' WHERE organization_id = :id")
        .param("id", founded.id())
        .update();
    jdbc.sql("DELETE FROM fee_rule_amount WHERE plan_id = 'told'").update();
    jdbc.sql("DELETE FROM fee_rule WHERE plan_id = 'told'").update();
    jdbc.sql("DELETE FROM plan WHERE id = 'told'").update();
    assertThat(versions(founded)).containsExactly(1L, 2L, 3L);
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
  void a_payment_has_the_fee_rule_of_its_day() {
    // Nobody else is on Starter.
    jdbc.sql(
            """
            WITH rule AS (
                INSERT INTO fee_rule (plan_id, valid_from, basis_points)
                VALUES ('starter', :from, 1000) RETURNING plan_id, valid_from)
            INSERT INTO fee_rule_amount (plan_id, valid_from, currency, fixed_per_ticket_minor)
            SELECT plan_id, valid_from, 'CAD', 0 FROM rule
            """)
        .param("from", clock.instant().plus(DAY).atOffset(ZoneOffset.UTC))
        .update();
    Founded founded = new Founded(Ids.next(), Ids.next());
    jdbc.sql(
            """
            INSERT INTO subscription (
                organization_id, status, plan_id, version, currency, created_at, changed_at)
            VALUES (:id, 'free', 'starter', 1, 'CAD', now(), now())
            """)
        .param("id", founded.id())
        .update();
    Held onStarter = holdFor(founded.id(), "CAD", 10_000);
    assertThat(fee(founded, paymentOf(onStarter))).isEqualTo(330);

    advanceClocks(DAY.plusMinutes(1));
    Held later = holdFor(founded.id(), "CAD", 10_000);

    assertThat(fee(founded, paymentOf(later))).isEqualTo(1_000);
    assertThat(fee(founded, paymentOf(onStarter))).isEqualTo(330);
    jdbc.sql("DELETE FROM fee_rule_amount WHERE plan_id = 'starter' AND valid_from <> '-infinity'")
        .update();
    jdbc.sql("DELETE FROM fee_rule WHERE plan_id = 'starter' AND valid_from <> '-infinity'")
        .update();
  }

  @Test
  void a_trial_with_a_card_is_charged_and_paid_once_however_often_that_is_told() {
    Instant from = clock.instant();
    Founded founded = founded();
    startTrial(founded).expect(201);
    savesCard(founded);

    advanceClocks(TRIAL);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    // Stripe leaves the invoice as a draft for an hour.
    advanceClocks(DAY);

    TrialPaid paid = events.await(TrialPaid.class, event -> isOf(founded, event.organizationId()));
    assertThat(paid.total()).isEqualTo(new MoneyAmount(9_900, "CAD"));
    JsonNode invoice = invoices(founded).get(0);
    assertThat(invoice.path("status").asString()).isEqualTo("paid");
    assertThat(invoice.at("/paid/amountMinor").asLong()).isEqualTo(9_900);
    assertThat(invoice.path("pdfUrl").asString()).startsWith("https://");
    JsonNode subscription = subscription(founded);
    assertThat(subscription.at("/period/end").asString())
        .isEqualTo(invoice.path("periodEnd").asString());
    assertThat(Instant.parse(subscription.at("/period/end").asString()))
        .isEqualTo(paid.paidUntil());
    String charge = awaitBooked(founded);
    for (String type :
        List.of("payment_intent.succeeded", "invoice_payment.paid", "invoice.paid")) {
      stripe.redeliver(type, told(founded, type));
    }
    awaitApplied(told(founded, "invoice.paid"));
    assertThat(postings("invoice-paid", charge))
        .containsExactly("awaiting-stripe 9900", "subscriptions -9900");
    assertThat(openBreaks(charge)).isEmpty();
    assertThat(invoices(founded)).hasSize(1);
    assertThat(
            events.all(TrialPaid.class).stream()
                .filter(event -> isOf(founded, event.organizationId())))
        .hasSize(1);
    assertThat(versions(founded)).containsExactly(1L, 2L, 3L);
    assertExplained(founded, charge, from);

    String refund = stripe.refundInDashboard(intent(founded), 9_900);

    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(postings("balance-transaction", stripe.bookingOf(refund)))
                .containsExactly("stripe -9900", "subscriptions 9900"));
    assertThat(openBreaks(stripe.bookingOf(refund))).isEmpty();
  }

  /** Its day can be closed, and finance reads whose money it is and where it is at Stripe. */
  private void assertExplained(Founded founded, String charge, Instant from) {
    String booking = stripe.settlementOf(intent(founded));
    matchJournals.handle();
    assertThat(openBreaks(booking)).isEmpty();

    JsonNode moved =
        get("/api/v1/finance/explanations/balance-transaction/" + booking, finance())
            .expect(200)
            .body()
            .at("/data/0");
    JsonNode paid =
        moved
            .path("children")
            .valueStream()
            .filter(part -> part.path("id").asString().equals("awaiting-stripe"))
            .findFirst()
            .orElseThrow()
            .at("/children/0");
    assertThat(paid.path("stripeId").asString()).isEqualTo(charge);
    assertThat(paid.at("/amount/amountMinor").asLong()).isEqualTo(9_900);
    assertThat(paid.path("label").asString()).contains(founded.id().toString());
    String invoice = told(founded, "invoice.paid");
    String export = "/api/v1/finance/export?from=%s&to=%s";
    assertThat(
            get(export.formatted(from, clock.instant().plusSeconds(1)), finance())
                .expect(200)
                .plain())
        .contains(",subscriptions,%s,,,%s %s\n".formatted(founded.id(), charge, invoice))
        .contains(
            ",stripe stripe-fees,%s,,,%s %s %s\n"
                .formatted(founded.id(), booking, charge, invoice));
  }

  @Test
  void a_month_after_the_trial_whose_webhooks_were_lost_is_found_by_its_money() {
    Founded founded = founded();
    startTrial(founded).expect(201);
    savesCard(founded);
    awaitNothingToApply();
    stripe.loseWebhooks();

    advanceClocks(TRIAL.plusMinutes(1));
    askAll();
    assertThat(hasStatus(founded, "active")).isTrue();
    advanceClocks(DAY);
    String intent = intent(founded);
    stripe.settlementOf(intent);
    stripe.deliverWebhooks();
    stripe.redeliver("charge.updated", stripe.chargeOf(intent));

    events.await(TrialPaid.class, event -> isOf(founded, event.organizationId()));
    assertThat(invoices(founded).get(0).path("status").asString()).isEqualTo("paid");
    assertThat(openBreaks(awaitBooked(founded))).isEmpty();
  }

  @Test
  void an_organization_is_told_once_that_a_bank_disputes_what_it_has_paid_for_its_plan() {
    Founded founded = founded();
    startTrial(founded).expect(201);
    savesCard(founded);
    advanceClocks(TRIAL);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    advanceClocks(DAY);
    awaitBooked(founded);

    String dispute = stripe.dispute(intent(founded));

    PlanPaymentDisputed told =
        events.await(PlanPaymentDisputed.class, event -> isOf(founded, event.organizationId()));
    assertThat(told.amount()).isEqualTo(new MoneyAmount(9_900, "CAD"));
    stripe.loseDispute(dispute);
    stripe.redeliver("charge.dispute.closed", dispute);
    awaitApplied(dispute);
    assertThat(
            events.all(PlanPaymentDisputed.class).stream()
                .filter(event -> isOf(founded, event.organizationId())))
        .hasSize(1);
  }

  @Test
  void a_trial_that_was_cancelled_is_told_to_end_without_a_charge() {
    Founded founded = founded();
    startTrial(founded).expect(201);
    savesCard(founded);
    post(founded.path() + "/subscription/cancel", founded.bearer(), "").expect(200);

    advanceClocks(Duration.ofDays(11));
    tellTrialEnds.handle();

    assertThat(
            events
                .await(TrialEndNear.class, event -> isOf(founded, event.organizationId()))
                .isCharged())
        .isFalse();
  }

  @Test
  void what_a_credit_has_paid_of_the_month_after_a_trial_was_not_charged() {
    Founded founded = founded();
    startTrial(founded).expect(201);
    savesCard(founded);
    stripe.setBalanceInDashboard(customer(founded), -6_000);

    advanceClocks(TRIAL);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    advanceClocks(DAY);

    assertThat(
            events.await(TrialPaid.class, event -> isOf(founded, event.organizationId())).total())
        .isEqualTo(new MoneyAmount(3_900, "CAD"));
  }

  @Test
  void a_trial_that_stripe_refuses_is_not_used() {
    Founded founded = founded();
    setupPage(founded);
    awaitNothingToApply();
    stripe.loseWebhooks();
    stripe.deleteCustomer(customer(founded));

    startTrial(founded).refused(409, "trial-refused");
    startTrial(founded).refused(409, "trial-refused");
    assertThat(hasStatus(founded, "free")).isTrue();
    stripe.deliverWebhooks();
    String deleted = customer(founded);
    stripe.redeliver("customer.deleted", deleted);
    await().atMost(EVENTUALLY).until(() -> !deleted.equals(customer(founded)));

    startTrial(founded).expect(201);
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
    askAll();
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
    awaitNothingToApply();
    stripe.loseWebhooks();

    advanceClocks(TRIAL.plusMinutes(1));
    askAll();

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
    askAll();

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
  void a_trial_that_could_not_be_begun_for_a_day_loses_nothing_of_its_time() {
    Founded founded = founded();
    stripe.storeFailures("POST", SUBSCRIPTIONS, 1);
    startTrial(founded).refused(503, "stripe-unavailable");

    advanceClocks(DAY);
    Instant later = clock.instant();
    askAll();

    entitlements(founded, 2);
    JsonNode trial = subscription(founded);
    assertThat(trial.path("status").asString()).isEqualTo("trialing");
    assertThat(Instant.parse(trial.path("trialEndsAt").asString()))
        .isAfterOrEqualTo(later.plus(TRIAL).minusSeconds(1));
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
  void each_owner_of_an_organization_has_tried_a_plan_with_it() {
    UUID first = Ids.next();
    UUID second = Ids.next();
    UUID third = Ids.next();
    startTrial(ownedBy(first, second)).expect(201);

    for (UUID owner : List.of(first, second)) {
      startTrial(ownedBy(owner)).refused(409, "trial-used");
    }

    startTrial(ownedBy(third, second)).refused(409, "trial-used");
    // Who was refused has not tried one.
    startTrial(ownedBy(third)).expect(201);
  }

  private Founded ownedBy(UUID... owners) {
    Founded founded = new Founded(Ids.next(), owners[0]);
    facts.tell(
        new OrganizationChanged(founded.id(), 1, "Institute", owners[0], List.of(owners), null));
    entitlements(founded, 1);
    return founded;
  }

  @Test
  void who_comes_to_own_an_organization_while_it_tries_a_plan_has_tried_it_and_not_afterwards() {
    UUID meanwhile = Ids.next();
    UUID afterwards = Ids.next();
    Founded founded = founded();
    startTrial(founded).expect(201);

    belongsTo(founded, 2, founded.owner(), meanwhile);
    stripe.cancelInDashboard(atStripe(founded).getFirst());
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "free"));
    belongsTo(founded, 3, founded.owner(), meanwhile, afterwards);

    startTrial(ownedBy(meanwhile)).refused(409, "trial-used");
    startTrial(ownedBy(afterwards)).expect(201);
  }

  private void belongsTo(Founded founded, long version, UUID... owners) {
    facts.tell(
        new OrganizationChanged(
            founded.id(), version, "Institute", owners[0], List.of(owners), null));
    await()
        .atMost(EVENTUALLY)
        .until(() ->
            jdbc.sql("SELECT version FROM organization_owner WHERE organization_id = :id")
                    .param("id", founded.id())
                    .query(Long.class)
                    .single()
                == version);
  }

  @Test
  void a_key_tries_a_plan_for_the_person_who_has_made_it() {
    UUID owner = Ids.next();
    startTrial(founded(owner)).expect(201);
    // So new that nobody has told who owns it.
    UUID unknown = Ids.next();
    String key =
        TestTokens.token()
            .account(owner)
            .apiKey(Ids.next())
            .organization(unknown, "admin")
            .bearer();

    post("/api/v1/organizations/" + unknown + "/trial", key, "").refused(409, "trial-used");
  }

  @Test
  void who_has_cancelled_a_trial_is_not_told_that_a_card_is_charged() {
    Founded renewed = founded();
    Founded cancelled = founded();
    for (Founded each : List.of(renewed, cancelled)) {
      startTrial(each).expect(201);
      savesCard(each);
    }
    post(cancelled.path() + "/subscription/cancel", cancelled.bearer(), "").expect(200);

    advanceClocks(Duration.ofDays(11));
    tellTrialEnds.handle();

    assertThat(near(renewed).isCharged()).isTrue();
    assertThat(near(cancelled).isCharged()).isFalse();
  }

  private TrialEndNear near(Founded founded) {
    return events.await(TrialEndNear.class, event -> isOf(founded, event.organizationId()));
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
