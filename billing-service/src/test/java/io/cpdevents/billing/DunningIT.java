package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.invoices.ChargeReplacedCards;
import io.cpdevents.billing.invoices.VoidInvoices;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.billing.EntitlementsEvent.EntitlementsChanged;
import io.cpdevents.contracts.billing.SubscriptionEvent;
import io.cpdevents.contracts.billing.SubscriptionEvent.EarlierMonthLeftOpen;
import io.cpdevents.contracts.billing.SubscriptionEvent.GraceStarted;
import io.cpdevents.contracts.billing.SubscriptionEvent.PaymentMethodMissing;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanLost;
import io.cpdevents.contracts.billing.SubscriptionEvent.RenewalFailed;
import io.cpdevents.contracts.billing.SubscriptionEvent.RenewalRecovered;
import io.cpdevents.contracts.billing.SubscriptionEvent.ReplacementCardDeclined;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialPaid;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.test.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class DunningIT extends PlanJourney {

  private static final Duration MONTH = Duration.ofDays(31);
  private static final String SUBSCRIPTION = "/v1/subscriptions/{id}";
  private static final int ATTEMPTS = 8;

  @Autowired ChargeReplacedCards chargeReplacedCards;
  @Autowired VoidInvoices voidInvoices;

  /**
   * Here first: Stripe tells of what fails on the way before its clock is there, and a grace that
   * was counted from our time before would be over at once.
   */
  @Override
  void advanceClocks(Duration duration) {
    clock.advance(duration);
    stripe.advanceClock(duration);
  }

  /**
   * Stripe first, while its webhooks are lost: whoever asks in between would hear of the time
   * before, and ask again only later.
   */
  private void advanceClocksUnheard(Duration duration) {
    stripe.advanceClock(duration);
    clock.advance(duration);
  }

  @Test
  void a_card_that_is_declined_is_tried_again_then_grace_and_free_and_each_step_is_told_once() {
    Founded founded = paying();
    stripe.decline(card(founded), "insufficient_funds");
    Instant end = endOfMonth(founded);

    // An invoice is a draft for an hour; a day later it is tried again.
    advanceClocks(Duration.between(clock.instant(), end).plusHours(2));
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "past-due"));
    assertThat(one(founded, RenewalFailed.class).declineCode()).isEqualTo("insufficient_funds");
    for (int day = 0; day < 14; day++) {
      advanceClocks(DAY);
    }
    Instant lastAttempt = awaitDoubt(founded);
    // It might be planned a moment later.
    advanceClocks(Duration.ofMinutes(59));
    askAll();
    assertThat(told(founded, GraceStarted.class)).isEmpty();
    assertThat(hasStatus(founded, "past-due")).isTrue();
    advanceClocks(Duration.ofMinutes(1));
    askAll();
    GraceStarted grace = one(founded, GraceStarted.class);
    assertThat(grace.graceEndsAt()).isEqualTo(lastAttempt.plus(Duration.ofDays(14)));

    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));
    List<Integer> attempts =
        told(founded, RenewalFailed.class).stream().map(RenewalFailed::attempt).toList();
    // Those of one moment may be told as one: the last one says it all.
    assertThat(attempts).isSorted().doesNotHaveDuplicates().isSubsetOf(1, 2, 3, 4, 5, 6, 7);
    assertThat(attempts).contains(1);
    assertThat(subscription(founded).path("planId").asString()).isEqualTo("professional");
    assertThat(subscription(founded).path("graceEndsAt").asString())
        .isEqualTo(grace.graceEndsAt().toString());
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(latest(founded).planId()).isEqualTo("professional"));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(
            () -> assertThat(latest(founded).graceEndsAt()).isEqualTo(grace.graceEndsAt()));
    assertThat(attemptsAtStripe(founded)).isEqualTo(ATTEMPTS);
    askAll();
    assertThat(hasStatus(founded, "grace")).isTrue();

    advanceClocks(Duration.ofDays(14));
    askAll();
    askAll();

    assertThat(one(founded, PlanLost.class).nextPlanId()).isEqualTo("free");
    assertThat(hasStatus(founded, "free")).isTrue();
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(latest(founded).planId()).isEqualTo("free"));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(latest(founded).graceEndsAt()).isNull());
    String subscription = atStripe(founded).getFirst();
    assertThat(stripe.show("subscriptions/" + subscription).path("status").asString())
        .isEqualTo("canceled");
    voidInvoices.handle();
    assertThat(latestInvoice(founded).path("status").asString()).isEqualTo("void");
    assertThat(statusAtStripe(founded)).isEqualTo("void");
    // No card that comes later is charged for it.
    replacesCard(founded);
    chargeReplacedCards.handle();
    assertThat(latestInvoice(founded).path("status").asString()).isEqualTo("void");
    stripe.redeliver("customer.subscription.deleted", subscription);
    awaitApplied(subscription);
    assertThat(told(founded, PlanLost.class)).hasSize(1);
    assertThat(told(founded, GraceStarted.class)).hasSize(1);
  }

  @Test
  void what_is_open_when_a_plan_is_cancelled_at_stripe_is_voided_although_answers_are_lost() {
    Founded founded = paying();
    stripe.decline(card(founded), "insufficient_funds");
    advanceClocks(MONTH);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "past-due"));
    stripe.loseAnswers("POST", "/v1/invoices/{id}/void", 10);

    stripe.cancelInDashboard(atStripe(founded).getFirst());
    assertThat(one(founded, PlanLost.class).entitlementsVersion())
        .isEqualTo(latest(founded).version());
    voidInvoices.handle();
    stripe.loseAnswers("POST", "/v1/nothing", 1);
    advanceClocks(Duration.ofMinutes(1));
    voidInvoices.handle();

    await()
        .atMost(EVENTUALLY)
        .until(() -> latestInvoice(founded).path("status").asString().equals("void"));
    assertThat(statusAtStripe(founded)).isEqualTo("void");
    assertThat(told(founded, GraceStarted.class)).isEmpty();
  }

  @Test
  void a_plan_whose_other_card_is_being_charged_when_its_grace_ends_waits_for_the_answer() {
    Founded founded = paying();
    stripe.decline(card(founded), "lost_card");
    advanceClocks(MONTH);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));
    stripe.storeFailures("POST", "/v1/invoices/{id}/pay", 100);
    String other = replacesCard(founded);
    // Stripe tries it, too.
    stripe.decline(other, "insufficient_funds");
    chargeReplacedCards.handle();

    advanceClocks(Duration.ofDays(15));
    askAll();
    assertThat(hasStatus(founded, "grace")).isTrue();
    stripe.decline(other, "none");
    stripe.loseAnswers("POST", "/v1/nothing", 1);
    chargeReplacedCards.handle();

    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    one(founded, RenewalRecovered.class);
    assertThat(told(founded, PlanLost.class)).isEmpty();
  }

  @Test
  void what_is_given_back_of_a_month_and_what_a_bank_takes_are_booked_as_stripe_has_booked_them() {
    Founded founded = paying();
    Founded disputed = paying();
    awaitBooked(founded);
    String charge = awaitBooked(disputed);

    stripe.refundInDashboard(intent(founded), 3_000);
    String dispute = stripe.dispute(intent(disputed));

    String refund = stripe.refundsOf(intent(founded)).getFirst();
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(postings("balance-transaction", stripe.bookingOf(refund)))
                .containsExactlyInAnyOrder("stripe -3000", "subscriptions 3000"));
    stripe.failRefund(refund);
    String back = stripe.show("refunds/" + refund).path("failure_balance_transaction").asString();
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(postings("balance-transaction", back))
                .containsExactlyInAnyOrder("stripe 3000", "subscriptions -3000"));
    for (JsonNode movement : stripe.show("disputes/" + dispute).path("balance_transactions")) {
      await()
          .atMost(EVENTUALLY)
          .untilAsserted(() ->
              assertThat(postings("balance-transaction", movement.path("id").asString()))
                  .contains("stripe " + movement.path("net").asLong()));
    }
    assertThat(stripe.show("charges/" + charge).path("disputed").asBoolean()).isTrue();
    assertThat(invoices(founded).get(0).path("status").asString()).isEqualTo("paid");
  }

  @Test
  void another_card_is_charged_at_once_and_the_plan_goes_on() {
    Founded founded = paying();
    stripe.decline(card(founded), "generic_decline");
    advanceClocks(MONTH);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "past-due"));
    int attempts = attemptsAtStripe(founded);

    replacesCard(founded);
    chargeReplacedCards.handle();
    chargeReplacedCards.handle();

    one(founded, RenewalRecovered.class);
    assertThat(hasStatus(founded, "active")).isTrue();
    assertThat(latestInvoice(founded).path("status").asString()).isEqualTo("paid");
    // It is none of Stripe's own attempts.
    assertThat(attemptsAtStripe(founded)).isEqualTo(attempts);
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(latest(founded).planId()).isEqualTo("professional"));
    assertThat(told(founded, TrialPaid.class)).hasSize(1);
  }

  @Test
  void a_hard_decline_stops_at_once_and_another_card_pays_in_the_grace() {
    Founded founded = paying();
    stripe.decline(card(founded), "lost_card");

    advanceClocks(MONTH);

    assertThat(one(founded, GraceStarted.class).declineCode()).isEqualTo("lost_card");
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));
    // Stripe goes on to plan retries, and charges nobody.
    int attempts = attemptsAtStripe(founded);
    assertThat(latestAtStripe(founded).path("next_payment_attempt").asLong()).isPositive();
    advanceClocks(Duration.ofDays(2));
    assertThat(attemptsAtStripe(founded)).isGreaterThan(attempts);
    awaitApplied(latestAtStripe(founded).path("id").asString());
    assertThat(told(founded, RenewalFailed.class)).isEmpty();
    assertThat(told(founded, GraceStarted.class)).hasSize(1);
    stripe.loseAnswers("POST", "/v1/invoices/{id}/pay", 10);
    replacesCard(founded);
    chargeReplacedCards.handle();
    stripe.loseAnswers("POST", "/v1/nothing", 1);
    chargeReplacedCards.handle();

    one(founded, RenewalRecovered.class);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(latest(founded).graceEndsAt()).isNull());
    advanceClocks(Duration.ofDays(15));
    askAll();
    assertThat(hasStatus(founded, "active")).isTrue();
  }

  @Test
  void a_card_in_place_of_a_declined_one_that_is_declined_too_is_told_each_time_it_is_chosen() {
    Founded founded = paying();
    String first = card(founded);
    stripe.decline(first, "lost_card");
    advanceClocks(MONTH);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));
    String second = stripe.saveCard(stripe.sessionOf(setupPage(founded)), "5555555555554444");
    await().atMost(EVENTUALLY).until(() -> cards(founded).size() == 2);
    stripe.decline(second, "insufficient_funds");

    chooses(founded, second);
    chargeReplacedCards.handle();

    ReplacementCardDeclined declined = one(founded, ReplacementCardDeclined.class);
    assertThat(declined.paymentMethodId()).isEqualTo(second);
    assertThat(declined.last4()).isEqualTo("4444");
    assertThat(declined.declineCode()).isEqualTo("insufficient_funds");
    assertThat(declined.total()).isEqualTo(new MoneyAmount(9_900, "CAD"));
    assertThat(declined.graceEndsAt()).isNotNull();
    chooses(founded, first);
    chargeReplacedCards.handle();
    await()
        .atMost(EVENTUALLY)
        .until(() -> told(founded, ReplacementCardDeclined.class).size() == 2);
    chooses(founded, second);
    chargeReplacedCards.handle();
    chargeReplacedCards.handle();
    await()
        .atMost(EVENTUALLY)
        .until(() -> told(founded, ReplacementCardDeclined.class).size() == 3);
    stripe.decline(first, "none");
    chooses(founded, first);
    chargeReplacedCards.handle();

    one(founded, RenewalRecovered.class);
    assertThat(told(founded, ReplacementCardDeclined.class))
        .extracting(ReplacementCardDeclined::paymentMethodId)
        .containsExactly(second, first, second);
  }

  @Test
  void the_card_that_pays_already_is_tried_once_whenever_somebody_chooses_it_again() {
    Founded founded = paying();
    String card = card(founded);
    stripe.decline(card, "lost_card");
    advanceClocks(MONTH);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));

    chooses(founded, card);
    chargeReplacedCards.handle();
    chargeReplacedCards.handle();

    assertThat(one(founded, ReplacementCardDeclined.class).paymentMethodId()).isEqualTo(card);
    stripe.decline(card, "none");
    chooses(founded, card);
    chargeReplacedCards.handle();
    one(founded, RenewalRecovered.class);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    // Nothing is open any more.
    chooses(founded, card);
    chargeReplacedCards.handle();
    assertThat(invoices(founded))
        .extracting(invoice -> invoice.path("status").asString())
        .containsOnly("paid");
    assertThat(told(founded, ReplacementCardDeclined.class)).hasSize(1);
  }

  @Test
  void whose_chosen_cards_were_declined_five_times_waits_until_a_day_later() {
    Founded founded = paying();
    String card = card(founded);
    stripe.decline(card, "lost_card");
    advanceClocks(MONTH);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));
    for (int declined = 1; declined <= 5; declined++) {
      chooses(founded, card);
      chargeReplacedCards.handle();
      int told = declined;
      await()
          .atMost(EVENTUALLY)
          .until(() -> told(founded, ReplacementCardDeclined.class).size() == told);
    }

    api.as(founded.bearer())
        .put(founded.path() + "/payment-methods/" + card + "/default", "")
        .refused(429, "too-many-requests");
    // Nor is the next one tried that takes its place.
    String next = stripe.saveCard(stripe.sessionOf(setupPage(founded)), "5555555555554444");
    await().atMost(EVENTUALLY).until(() -> cards(founded).size() == 2);
    api.as(founded.bearer()).delete(founded.path() + "/payment-methods/" + card).expect(204);
    await().atMost(EVENTUALLY).until(() -> card(founded).equals(next));
    chargeReplacedCards.handle();
    assertThat(latestInvoice(founded).path("status").asString()).isEqualTo("open");

    // Here alone: Stripe would try it by itself.
    clock.advance(DAY);
    chooses(founded, next);
    chargeReplacedCards.handle();
    one(founded, RenewalRecovered.class);
    stripe.advanceClock(DAY);
  }

  @Test
  void a_plan_after_one_that_was_lost_entitles_to_free_while_its_second_month_is_not_paid() {
    Founded founded = paying();
    String card = card(founded);
    stripe.decline(card, "lost_card");
    advanceClocks(MONTH);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));
    assertThat(subscription(founded).path("planId").asString()).isEqualTo("professional");
    assertThat(renewal(founded, "cancel").path("status").asString()).isEqualTo("free");
    stripe.decline(card, "none");
    changesTo(founded, "starter").expect(200);
    stripe.decline(card, "lost_card");

    monthIsCharged(founded);

    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));
    assertThat(subscription(founded).path("planId").asString()).isEqualTo("free");
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(latest(founded).planId()).isEqualTo("free"));
    stripe.decline(card, "none");
    chooses(founded, card);
    chargeReplacedCards.handle();
    one(founded, RenewalRecovered.class);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    assertThat(subscription(founded).path("planId").asString()).isEqualTo("starter");
    // Who has renewed it has it as anybody else.
    stripe.decline(card, "lost_card");
    monthIsCharged(founded);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));
    assertThat(subscription(founded).path("planId").asString()).isEqualTo("starter");
  }

  @Test
  void who_changes_to_free_in_the_grace_ends_the_plan_at_once() {
    Founded founded = paying();
    Founded tried = paying();
    stripe.decline(card(founded), "lost_card");
    stripe.decline(card(tried), "insufficient_funds");
    advanceClocks(Duration.between(clock.instant(), endOfMonth(tried)).plusHours(2));
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));
    await().atMost(EVENTUALLY).until(() -> hasStatus(tried, "past-due"));
    JsonNode preview =
        post(
                founded.path() + "/subscription/change-preview",
                founded.bearer(),
                "{\"planId\": \"free\"}")
            .expect(200)
            .body();
    assertThat(preview.at("/dueNow/amountMinor").asLong()).isZero();
    assertThat(Instant.parse(preview.path("effectiveAt").asString()))
        .isBeforeOrEqualTo(clock.instant());

    assertThat(changesTo(founded, "free").expect(200).body().path("status").asString())
        .isEqualTo("free");

    one(founded, PlanLost.class);
    // Stripe tries it again, and the plan is had meanwhile.
    changesTo(tried, "free").refused(409, "wrong-state");
    renewal(tried, "cancel");
  }

  /** The next month begins, and its invoice is a draft for an hour from then on. */
  private void monthIsCharged(Founded founded) {
    advanceClocks(Duration.between(clock.instant(), endOfMonth(founded)).plusMinutes(1));
    advanceClocks(Duration.ofHours(2));
  }

  private Answer changesTo(Founded founded, String planId) {
    return post(
        founded.path() + "/subscription/change",
        founded.bearer(),
        "{\"planId\": \"" + planId + "\"}");
  }

  /** Stripe has given a month up, which is not believed yet; since when. */
  private Instant awaitDoubt(Founded founded) {
    String since =
        "SELECT max(doubted_since) FROM invoice WHERE organization_id = :id AND status = 'open'";
    return await()
        .atMost(EVENTUALLY)
        .until(
            () ->
                jdbc.sql(since)
                    .param("id", founded.id())
                    .query((row, _) -> Optional.ofNullable(Columns.instantOrNull(row, "max")))
                    .single(),
            Optional::isPresent)
        .orElseThrow();
  }

  @Test
  void a_card_in_place_of_a_declined_one_that_is_declined_for_good_begins_the_grace() {
    Founded founded = paying();
    stripe.decline(card(founded), "insufficient_funds");
    advanceClocks(MONTH);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "past-due"));
    String second = stripe.saveCard(stripe.sessionOf(setupPage(founded)), "5555555555554444");
    await().atMost(EVENTUALLY).until(() -> cards(founded).size() == 2);
    stripe.decline(second, "transaction_not_allowed");

    chooses(founded, second);
    chargeReplacedCards.handle();

    one(founded, GraceStarted.class);
    assertThat(one(founded, ReplacementCardDeclined.class).declineCode())
        .isEqualTo("transaction_not_allowed");
    assertThat(hasStatus(founded, "grace")).isTrue();
  }

  @Test
  void a_month_that_the_bank_wants_authenticated_is_told_with_a_link_and_paid_by_that() {
    Founded founded = founded();
    startTrial(founded).expect(201);
    stripe.saveCard(stripe.sessionOf(setupPage(founded)), "4000000000003220");
    await().atMost(EVENTUALLY).until(() -> cards(founded).size() == 1);

    endTrial(founded);

    assertThat(one(founded, GraceStarted.class).declineCode()).isEqualTo("authentication_required");
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));
    String page = subscription(founded).path("authenticationUrl").asString();
    assertThat(page).isEqualTo(latestAtStripe(founded).path("hosted_invoice_url").asString());
    assertThat(latestInvoice(founded).path("authenticationUrl").asString()).isEqualTo(page);
    // Stripe plans retries, and charges nobody.
    advanceClocks(Duration.ofDays(4));
    awaitApplied(latestAtStripe(founded).path("id").asString());
    assertThat(subscription(founded).path("authenticationUrl").asString()).isEqualTo(page);
    assertThat(told(founded, GraceStarted.class)).hasSize(1);

    stripe.authenticate(intent(founded));

    one(founded, TrialPaid.class);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    assertThat(subscription(founded).path("authenticationUrl").isNull()).isTrue();
    assertThat(latestInvoice(founded).path("authenticationUrl").isNull()).isTrue();
  }

  @Test
  void a_card_that_is_chosen_before_we_hear_of_the_failure_pays_the_month() {
    Founded founded = paying();
    awaitNothingToApply();
    stripe.loseWebhooks();
    stripe.decline(card(founded), "lost_card");
    advanceClocksUnheard(Duration.between(clock.instant(), endOfMonth(founded)).plusHours(2));
    stripe.deliverWebhooks();
    replacesCard(founded);
    String invoice = latestAtStripe(founded).path("id").asString();
    assertThat(invoices(founded)).hasSize(1);
    stripe.redeliver("invoice.payment_failed", invoice);

    assertThat(one(founded, GraceStarted.class).declineCode()).isEqualTo("lost_card");
    chargeReplacedCards.handle();

    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    assertThat(latestInvoice(founded).path("status").asString()).isEqualTo("paid");
  }

  @Test
  void a_plan_that_is_not_paid_ends_at_once_when_nobody_wants_it_any_more() {
    Founded founded = paying();
    Founded tried = founded();
    startTrial(tried).expect(201);
    savesCard(tried);
    stripe.decline(card(founded), "lost_card");
    stripe.decline(card(tried), "insufficient_funds");
    advanceClocks(MONTH);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));
    await()
        .atMost(EVENTUALLY)
        .until(() -> hasStatus(tried, "past-due") || hasStatus(tried, "grace"));

    for (Founded each : List.of(founded, tried)) {
      assertThat(renewal(each, "cancel").path("status").asString()).isEqualTo("free");
      one(each, PlanLost.class);
      assertThat(
              stripe.show("subscriptions/" + atStripe(each).getFirst()).path("status").asString())
          .isEqualTo("canceled");
      // No card that comes later pays it, and a smaller plan can be had.
      replacesCard(each);
      chargeReplacedCards.handle();
      voidInvoices.handle();
      await().atMost(EVENTUALLY).until(() -> statusAtStripe(each).equals("void"));
      post(each.path() + "/subscription/change", each.bearer(), "{\"planId\": \"starter\"}")
          .expect(200);
      assertThat(subscription(each).path("planId").asString()).isEqualTo("starter");
      post(each.path() + "/subscription/cancel", each.bearer(), "").expect(200);
    }
  }

  @Test
  void what_is_open_of_a_customer_who_was_deleted_at_stripe_is_void_here_too() {
    Founded founded = paying();
    stripe.decline(card(founded), "insufficient_funds");
    advanceClocks(MONTH);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "past-due"));
    String invoice = latestAtStripe(founded).path("id").asString();

    stripe.deleteCustomer(customer(founded));
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "free"));
    await().atMost(EVENTUALLY).until(() -> customer(founded).isEmpty());

    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> {
          voidInvoices.handle();
          assertThat(stripe.show("invoices/" + invoice).path("status").asString())
              .isEqualTo("void");
          assertThat(latestInvoice(founded).path("status").asString()).isEqualTo("void");
        });
  }

  @Test
  void a_plan_that_nobody_wants_in_its_grace_ends_although_stripe_does_not_answer() {
    Founded founded = paying();
    stripe.decline(card(founded), "lost_card");
    advanceClocks(MONTH);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));

    endsAlthoughStripeDoesNotAnswer(founded);
  }

  @Test
  void a_trial_that_was_not_paid_ends_although_stripe_does_not_answer() {
    Founded founded = founded();
    startTrial(founded).expect(201);
    savesCard(founded);
    stripe.decline(card(founded), "insufficient_funds");
    endTrial(founded);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "past-due"));

    endsAlthoughStripeDoesNotAnswer(founded);
  }

  private void endsAlthoughStripeDoesNotAnswer(Founded founded) {
    stripe.storeFailures("DELETE", SUBSCRIPTION, 10);
    post(founded.path() + "/subscription/cancel", founded.bearer(), "")
        .refused(503, "stripe-unavailable");
    stripe.loseAnswers("POST", "/v1/nothing", 1);

    askAll();

    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "free"));
    one(founded, PlanLost.class);
  }

  @Test
  void a_plan_that_was_paid_when_it_is_cancelled_in_its_grace_ends_with_its_month() {
    Founded founded = founded();
    startTrial(founded).expect(201);
    stripe.saveCard(stripe.sessionOf(setupPage(founded)), "4000000000003220");
    await().atMost(EVENTUALLY).until(() -> cards(founded).size() == 1);
    endTrial(founded);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));
    awaitNothingToApply();
    stripe.loseWebhooks();
    stripe.authenticate(intent(founded));

    post(founded.path() + "/subscription/cancel", founded.bearer(), "").expect(200);

    assertThat(subscription(founded).path("status").asString()).isEqualTo("active");
    assertThat(subscription(founded).path("cancelAtPeriodEnd").asBoolean()).isTrue();
    stripe.deliverWebhooks();
  }

  @Test
  void a_month_of_which_no_webhook_tells_is_followed_until_the_plan_is_free() {
    Founded founded = paying();
    stripe.decline(card(founded), "insufficient_funds");
    awaitNothingToApply();
    stripe.loseWebhooks();

    advanceClocksUnheard(MONTH);
    askAll();
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "past-due"));
    one(founded, RenewalFailed.class);
    for (int day = 0; day < 15; day++) {
      advanceClocksUnheard(DAY);
      askAll();
    }
    one(founded, GraceStarted.class);
    advanceClocksUnheard(Duration.ofDays(15));
    askAll();

    one(founded, PlanLost.class);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "free"));
    stripe.deliverWebhooks();
  }

  @Test
  void a_month_that_is_paid_and_of_which_no_webhook_tells_is_asked_about() {
    Founded founded = paying();
    String end = subscription(founded).at("/period/end").asString();
    awaitNothingToApply();
    stripe.loseWebhooks();

    advanceClocksUnheard(MONTH);
    askAll();

    await()
        .atMost(EVENTUALLY)
        .until(() -> !subscription(founded).at("/period/end").asString().equals(end));
    stripe.deliverWebhooks();
  }

  @Test
  void a_card_that_stripe_tries_again_in_the_grace_is_told_when_it_fails_and_may_pay() {
    Founded founded = paying();
    stripe.decline(card(founded), "stolen_card");
    advanceClocks(MONTH);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));
    String second = stripe.saveCard(stripe.sessionOf(setupPage(founded)), "5555555555554444");
    await().atMost(EVENTUALLY).until(() -> cards(founded).size() == 2);
    stripe.decline(second, "insufficient_funds");
    chooses(founded, second);
    chargeReplacedCards.handle();
    one(founded, ReplacementCardDeclined.class);

    advanceClocks(Duration.ofDays(2));

    RenewalFailed failed =
        events.await(RenewalFailed.class, each -> isOf(founded, each.organizationId()));
    assertThat(failed.nextAttemptAt()).isAfter(clock.instant());
    assertThat(hasStatus(founded, "grace")).isTrue();
    stripe.decline(second, "none");
    advanceClocks(Duration.ofDays(2));
    one(founded, RenewalRecovered.class);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    assertThat(told(founded, GraceStarted.class)).hasSize(1);
  }

  @Test
  void a_month_that_stays_open_while_a_later_one_is_paid_is_told_and_paid_by_another_card() {
    Founded founded = paying();
    stripe.decline(card(founded), "lost_card");
    advanceClocks(MONTH);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));
    stripe.decline(card(founded), "none");

    // Our clock follows when the later month is heard of: the grace would be over by then.
    stripe.advanceClock(MONTH);

    EarlierMonthLeftOpen left = one(founded, EarlierMonthLeftOpen.class);
    assertThat(left.total()).isEqualTo(new MoneyAmount(9_900, "CAD"));
    one(founded, RenewalRecovered.class);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    clock.advance(MONTH);
    assertThat(invoices(founded))
        .extracting(invoice -> invoice.path("status").asString())
        .containsExactly("paid", "open", "paid");
    assertThat(invoices(founded).get(1).path("periodStart").asString())
        .isEqualTo(left.monthStartedAt().toString());

    replacesCard(founded);
    chargeReplacedCards.handle();

    assertThat(invoices(founded))
        .extracting(invoice -> invoice.path("status").asString())
        .containsOnly("paid");
    assertThat(hasStatus(founded, "active")).isTrue();
  }

  private void chooses(Founded founded, String card) {
    api.as(founded.bearer())
        .put(founded.path() + "/payment-methods/" + card + "/default", "")
        .expect(200);
  }

  @Test
  void a_first_month_that_cannot_be_charged_entitles_to_free_until_it_is_paid() {
    Founded founded = founded();
    startTrial(founded).expect(201);
    savesCard(founded);
    stripe.decline(card(founded), "generic_decline");

    endTrial(founded);

    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "past-due"));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(latest(founded).planId()).isEqualTo("free"));
    replacesCard(founded);
    chargeReplacedCards.handle();

    one(founded, TrialPaid.class);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    await().atMost(EVENTUALLY).until(() -> latest(founded).planId().equals("professional"));
    assertThat(told(founded, RenewalRecovered.class)).isEmpty();
  }

  @Test
  void a_plan_that_was_cancelled_ends_with_its_month_unless_it_is_resumed() {
    Founded founded = paying();
    Founded resumed = paying();
    for (Founded each : List.of(founded, resumed)) {
      assertThat(renewal(each, "cancel").path("cancelAtPeriodEnd").asBoolean()).isTrue();
      assertThat(renewal(each, "cancel").path("planId").asString()).isEqualTo("professional");
    }
    stripe.loseAnswers("POST", SUBSCRIPTION, 10);
    post(resumed.path() + "/subscription/resume", resumed.bearer(), "")
        .refused(503, "stripe-unavailable");
    stripe.loseAnswers("POST", "/v1/nothing", 1);
    assertThat(renewal(resumed, "resume").path("cancelAtPeriodEnd").asBoolean()).isFalse();

    advanceClocks(MONTH);

    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "free"));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(latest(founded).planId()).isEqualTo("free"));
    assertThat(told(founded, PlanLost.class)).isEmpty();
    assertThat(one(founded, PlanEnded.class).nextPlanId()).isEqualTo("free");
    assertThat(told(resumed, PlanEnded.class)).isEmpty();
    post(founded.path() + "/subscription/resume", founded.bearer(), "").refused(409, "wrong-state");
    assertThat(hasStatus(resumed, "active")).isTrue();
    await().atMost(EVENTUALLY).until(() -> invoices(resumed).size() == 2);
    assertThat(invoices(founded)).hasSize(1);
  }

  @Test
  void a_plan_that_is_cancelled_to_a_date_at_stripe_is_shown_and_can_be_resumed() {
    Founded founded = founded();
    Founded resumed = founded();
    Founded later = founded();
    for (Founded each : List.of(founded, resumed, later)) {
      startTrial(each).expect(201);
      savesCard(each);
    }
    endTrial(founded);
    for (Founded each : List.of(founded, resumed, later)) {
      one(each, TrialPaid.class);
    }
    for (Founded each : List.of(founded, resumed)) {
      stripe.endInDashboard(atStripe(each).getFirst(), endOfMonth(each));
      await()
          .atMost(EVENTUALLY)
          .until(() -> subscription(each).path("cancelAtPeriodEnd").asBoolean());
      assertThat(subscription(each).at("/scheduledChange/planId").asString()).isEqualTo("free");
    }
    // It goes on with another month before that.
    stripe.endInDashboard(atStripe(later).getFirst(), endOfMonth(later).plus(Duration.ofDays(20)));

    assertThat(renewal(resumed, "resume").path("cancelAtPeriodEnd").asBoolean()).isFalse();
    assertThat(
            stripe.show("subscriptions/" + atStripe(resumed).getFirst()).path("cancel_at").isNull())
        .isTrue();
    advanceClocks(MONTH);

    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "free"));
    one(founded, PlanEnded.class);
    await().atMost(EVENTUALLY).until(() -> invoices(resumed).size() == 2);
    assertThat(hasStatus(resumed, "active")).isTrue();
    await().atMost(EVENTUALLY).until(() -> invoices(later).size() == 2);
    await()
        .atMost(EVENTUALLY)
        .until(() -> subscription(later).path("cancelAtPeriodEnd").asBoolean());
    advanceClocks(Duration.ofDays(20));
    one(later, PlanEnded.class);
  }

  private Instant endOfMonth(Founded founded) {
    return Instant.parse(subscription(founded).at("/period/end").asString());
  }

  @Test
  void a_plan_whose_cancellation_was_not_answered_goes_on_when_it_is_resumed() {
    Founded founded = paying();
    String atStripe = "subscriptions/" + atStripe(founded).getFirst();
    awaitNothingToApply();
    stripe.loseWebhooks();
    stripe.loseAnswers("POST", SUBSCRIPTION, 10);
    post(founded.path() + "/subscription/cancel", founded.bearer(), "")
        .refused(503, "stripe-unavailable");
    stripe.loseAnswers("POST", "/v1/nothing", 1);
    assertThat(stripe.show(atStripe).path("cancel_at_period_end").asBoolean()).isTrue();

    renewal(founded, "resume");

    assertThat(stripe.show(atStripe).path("cancel_at_period_end").asBoolean()).isFalse();
    stripe.deliverWebhooks();
  }

  private JsonNode renewal(Founded founded, String change) {
    return post(founded.path() + "/subscription/" + change, founded.bearer(), "")
        .expect(200)
        .body();
  }

  @Test
  void what_a_credit_has_paid_of_a_month_is_not_told_as_open() {
    Founded founded = paying();
    stripe.setBalanceInDashboard(customer(founded), -6_000);
    stripe.decline(card(founded), "lost_card");

    advanceClocks(MONTH);

    assertThat(one(founded, GraceStarted.class).total()).isEqualTo(new MoneyAmount(3_900, "CAD"));
  }

  @Test
  void of_a_month_that_a_credit_has_paid_in_part_people_are_told_the_rest() {
    Founded founded = paying();
    stripe.setBalanceInDashboard(customer(founded), -6_000);
    String first = card(founded);
    stripe.decline(first, "lost_card");
    advanceClocks(MONTH);
    MoneyAmount rest = new MoneyAmount(3_900, "CAD");
    assertThat(one(founded, GraceStarted.class).total()).isEqualTo(rest);
    String second = stripe.saveCard(stripe.sessionOf(setupPage(founded)), "5555555555554444");
    await().atMost(EVENTUALLY).until(() -> cards(founded).size() == 2);
    stripe.decline(second, "transaction_not_allowed");

    chooses(founded, second);
    chargeReplacedCards.handle();

    assertThat(one(founded, ReplacementCardDeclined.class).total()).isEqualTo(rest);
    stripe.decline(second, "none");
    // Our clock follows when the later month is heard of: the grace would be over by then.
    stripe.advanceClock(MONTH);
    assertThat(one(founded, EarlierMonthLeftOpen.class).total()).isEqualTo(rest);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    clock.advance(MONTH);
  }

  @Test
  void whoever_resumes_a_plan_after_the_card_is_gone_is_told_so_once() {
    Founded founded = paying();
    renewal(founded, "cancel");
    api.as(founded.bearer())
        .delete(founded.path() + "/payment-methods/" + card(founded))
        .expect(204);
    await().atMost(EVENTUALLY).until(() -> cards(founded).isEmpty());
    assertThat(told(founded, PaymentMethodMissing.class)).isEmpty();

    renewal(founded, "resume");

    one(founded, PaymentMethodMissing.class);
    String subscription = atStripe(founded).getFirst();
    stripe.redeliver("customer.subscription.updated", subscription);
    awaitApplied(subscription);
    assertThat(told(founded, PaymentMethodMissing.class)).hasSize(1);
  }

  @Test
  void a_month_whose_webhooks_were_lost_is_asked_about() {
    Founded founded = paying();
    stripe.decline(card(founded), "lost_card");
    advanceClocks(MONTH);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "grace"));
    awaitNothingToApply();
    stripe.loseWebhooks();

    advanceClocksUnheard(Duration.ofDays(15));
    askAll();

    one(founded, PlanLost.class);
    assertThat(hasStatus(founded, "free")).isTrue();
  }

  /** An organization that has paid the first month after its trial. */
  private Founded paying() {
    Founded founded = founded();
    startTrial(founded).expect(201);
    savesCard(founded);
    endTrial(founded);
    one(founded, TrialPaid.class);
    return founded;
  }

  /** The invoice is a draft for an hour from the moment on at which Stripe has ended the trial. */
  private void endTrial(Founded founded) {
    advanceClocks(TRIAL);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    advanceClocks(DAY);
  }

  private String replacesCard(Founded founded) {
    String saved = stripe.saveCard(stripe.sessionOf(setupPage(founded)), "5555555555554444");
    await().atMost(EVENTUALLY).until(() -> cards(founded).size() == 2);
    api.as(founded.bearer())
        .put(founded.path() + "/payment-methods/" + saved + "/default", "")
        .expect(200);
    return saved;
  }

  private String card(Founded founded) {
    return cards(founded).get(0).path("id").asString();
  }

  private JsonNode cards(Founded founded) {
    return get(founded.path() + "/payment-methods", founded.bearer())
        .expect(200)
        .body()
        .path("data");
  }

  private JsonNode latestInvoice(Founded founded) {
    return invoices(founded).get(0);
  }

  private int attemptsAtStripe(Founded founded) {
    return latestAtStripe(founded).path("attempt_count").asInt();
  }

  private String statusAtStripe(Founded founded) {
    return latestAtStripe(founded).path("status").asString();
  }

  private JsonNode latestAtStripe(Founded founded) {
    return stripe.show("invoices?customer=" + customer(founded)).at("/data/0");
  }

  private EntitlementsChanged latest(Founded founded) {
    return events.all(EntitlementsChanged.class).stream()
        .filter(event -> isOf(founded, event.organizationId()))
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  private <E extends SubscriptionEvent> List<E> told(Founded founded, Class<E> type) {
    return events.all(type).stream()
        .filter(event -> isOf(founded, event.organizationId()))
        .toList();
  }

  private <E extends SubscriptionEvent> E one(Founded founded, Class<E> type) {
    E event = events.await(type, each -> isOf(founded, each.organizationId()));
    assertThat(told(founded, type)).hasSize(1);
    return event;
  }
}
