package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.invoices.ChargeReplacedCards;
import io.cpdevents.billing.plans.EnsurePrice;
import io.cpdevents.billing.subscriptions.AskAboutPlanChanges;
import io.cpdevents.billing.subscriptions.EndPlanOfClosed;
import io.cpdevents.contracts.billing.SubscriptionEvent;
import io.cpdevents.contracts.billing.SubscriptionEvent.GraceStarted;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeCalledOff;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeFailed;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeNeedsAuthentication;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeScheduled;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChanged;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEnded;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.AtOnce;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class PlanChangeIT extends PlanJourney {

  private static final Duration MONTH = Duration.ofDays(31);
  private static final String SUBSCRIPTION = "/v1/subscriptions/{id}";
  private static final String STARTER = "starter";
  private static final String PROFESSIONAL = "professional";
  private static final String AUTHENTICATED_CARD = "4000000000003220";

  /** Another one shows other changes: {@code -Dseed=}. */
  private static final long SEED = Long.getLong("seed", 20_270_301);

  private static final List<String> CURRENCIES =
      List.of("CAD", "USD", "EUR", "GBP", "AUD", "JPY", "KWD");
  private static final int ORGANIZATIONS_PER_CURRENCY = 2;
  private static final int ROUNDS = 15;
  private static final int ROUNDS_BETWEEN_MONTHS = 3;

  @Autowired EnsurePrice ensurePrice;
  @Autowired AskAboutPlanChanges askAboutChanges;
  @Autowired ChargeReplacedCards chargeReplacedCards;
  @Autowired EndPlanOfClosed endPlanOfClosed;

  /** Each organization begins its months at another second, and has another balance at Stripe. */
  @Test
  void what_a_plan_or_an_upgrade_is_charged_is_what_its_preview_says_to_the_cent() {
    Random random = new Random(SEED);
    List<Founded> everybody = new ArrayList<>();
    List<String> currencies = new ArrayList<>();
    for (String currency : CURRENCIES) {
      currencies.addAll(Collections.nCopies(ORGANIZATIONS_PER_CURRENCY, currency));
    }
    List<Founded> founded = AtOnce.numbered(currencies.size(), _ -> withCard());
    int changes = 0;
    for (int i = 0; i < currencies.size(); i++) {
      advanceClocks(Duration.ofSeconds(random.nextInt(130_000)));
      Founded each = founded.get(i);
      giveCredit(each, random);
      JsonNode preview = preview(each, STARTER, currencies.get(i));
      change(each, STARTER, currencies.get(i), preview).expect(200);
      assertCharged(each, preview, "subscription_create");
      everybody.add(each);
      changes++;
    }
    for (int round = 0; round < ROUNDS; round++) {
      advanceClocks(Duration.ofSeconds(random.nextInt(1_800_000)));
      everybody.forEach(each -> giveCredit(each, random));
      List<Answer> answers =
          AtOnce.numbered(
              everybody.size(), number -> previewed(everybody.get(number), PROFESSIONAL, null));
      // Whose month is being charged, or is over in a moment, is left out.
      assertThat(answers).extracting(Answer::status).isSubsetOf(200, 409, 422);
      List<Integer> chosen =
          IntStream.range(0, everybody.size())
              .filter(n -> answers.get(n).status() == 200)
              .boxed()
              .toList();
      List<Founded> all = chosen.stream().map(everybody::get).toList();
      List<JsonNode> previews = chosen.stream().map(n -> answers.get(n).body()).toList();
      // Within the ten minutes of a preview, also on a slow machine.
      advanceClocks(Duration.ofSeconds(random.nextInt(480)));
      AtOnce.numbered(
          all.size(),
          number -> {
            Founded each = all.get(number);
            change(each, PROFESSIONAL, previews.get(number)).expect(200);
            assertCharged(each, previews.get(number), "subscription_update");
            return hasPlan(each, PROFESSIONAL);
          });
      changes += all.size();
      // Most go back at once, so that a month has several changes, and some with the next month.
      boolean monthPasses = round % ROUNDS_BETWEEN_MONTHS == 0;
      List<Boolean> inDashboard =
          all.stream().map(_ -> !monthPasses || random.nextInt(4) > 0).toList();
      AtOnce.numbered(
          all.size(),
          number -> {
            if (inDashboard.get(number)) {
              setPlanInDashboard(all.get(number), STARTER);
            } else {
              change(all.get(number), STARTER, null).expect(200);
            }
            return true;
          });
      if (monthPasses) {
        advanceClocks(MONTH);
      }
      everybody.forEach(each ->
          await()
              .atMost(EVENTUALLY)
              .untilAsserted(() ->
                  assertThat(subscription(each).path("planId").asString())
                      .as("%s: %s", each.id(), subscription(each))
                      .isEqualTo(STARTER)));
    }
    assertThat(changes).isGreaterThanOrEqualTo(200);
  }

  /** Now and then somebody at Stripe gives a customer something that pays for what comes next. */
  private void giveCredit(Founded founded, Random random) {
    if (random.nextInt(4) == 0) {
      stripe.setBalanceInDashboard(customer(founded), -random.nextInt(6_000));
    }
  }

  private void assertCharged(Founded founded, JsonNode preview, String reason) {
    assertThat(charged(founded, reason))
        .as("seed %d: %s", SEED, preview)
        .isEqualTo(preview.at("/dueNow/amountMinor").asLong())
        .isEqualTo(sumOfLines(preview));
  }

  @Test
  void a_plan_is_bought_without_a_trial_in_a_currency_that_stays() {
    Founded founded = withCard();
    JsonNode preview =
        post(
                founded.path() + "/subscription/change-preview",
                founded.bearer(),
                "{\"planId\": \"starter\", \"currency\": \"EUR\"}")
            .expect(200)
            .body();
    assertThat(preview.at("/dueNow/amountMinor").asLong()).isEqualTo(2_900);
    assertThat(preview.at("/limits/publications").asInt()).isEqualTo(10);

    JsonNode bought = change(founded, STARTER, "EUR", preview).expect(200).body();

    assertThat(bought.path("status").asString()).isEqualTo("active");
    assertThat(bought.path("currency").asString()).isEqualTo("EUR");
    assertThat(entitlements(founded, 2).planId()).isEqualTo(STARTER);
    awaitPlans(founded, STARTER);
    assertThat(invoicesAtStripe(founded)).hasSize(1);
    change(founded, PROFESSIONAL, "CAD", null).refused(409, "currency-fixed");
    // Its next month that is declined is dunned as any: what was paid entitles meanwhile.
    stripe.decline(card(founded), "insufficient_funds");
    advanceClocks(MONTH.plus(DAY));
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "past-due"));
    assertThat(hasPlan(founded, STARTER)).isTrue();
    change(founded, PROFESSIONAL, null).refused(409, "wrong-state");
  }

  @Test
  void who_could_not_pay_for_a_plan_can_still_try_one() {
    Founded founded = withCard();
    stripe.decline(card(founded), "insufficient_funds");
    change(founded, STARTER, null).refused(402, "payment-failed");
    String declined = atStripe(founded).getFirst();

    startTrial(founded).expect(201);
    stripe.redeliver("customer.subscription.updated", declined);

    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "trialing"));
    awaitApplied(declined);
    assertThat(hasStatus(founded, "trialing")).isTrue();
    assertThat(events.all(TrialEnded.class))
        .noneMatch(event -> isOf(founded, event.organizationId()));
  }

  @Test
  void a_declined_upgrade_leaves_nothing_behind() {
    Founded founded = payingStarter();
    stripe.decline(card(founded), "insufficient_funds");

    Answer declined = change(founded, PROFESSIONAL, null).refused(402, "payment-failed");

    assertThat(declined.body().path("declineCode").asString()).isEqualTo("insufficient_funds");
    assertThat(one(founded, PlanChangeFailed.class).declineCode()).isEqualTo("insufficient_funds");
    assertNothingPends(founded);
    usesAnotherCard(founded, "5555555555554444");
    change(founded, PROFESSIONAL, null).expect(200);
    awaitPlans(founded, STARTER, PROFESSIONAL);
    assertThat(hasStatus(founded, "active")).isTrue();
  }

  @Test
  void a_declined_upgrade_whose_voiding_stripe_failed_is_over_under_another_key() {
    Founded founded = payingStarter();
    stripe.decline(card(founded), "insufficient_funds");
    awaitNothingToApply();
    stripe.loseWebhooks();
    stripe.storeFailures("POST", "/v1/invoices/{id}/void", 1);
    change(founded, PROFESSIONAL, null).refused(503, "stripe-unavailable");

    advanceClocks(Duration.ofMinutes(2));
    askAboutChanges.handle();

    one(founded, PlanChangeFailed.class);
    assertNothingPends(founded);
    stripe.deliverWebhooks();
  }

  @Test
  void a_trial_ends_with_another_plan_that_is_bought_at_once() {
    Founded founded = withCard();
    startTrial(founded).expect(201);
    JsonNode preview = preview(founded, STARTER);
    assertThat(preview.at("/dueNow/amountMinor").asLong()).isEqualTo(2_900);
    change(founded, STARTER, "USD", null).refused(409, "currency-fixed");
    stripe.decline(card(founded), "insufficient_funds");
    change(founded, STARTER, null).refused(402, "payment-failed");
    assertThat(hasStatus(founded, "trialing")).isTrue();
    assertThat(hasPlan(founded, PROFESSIONAL)).isTrue();
    stripe.decline(card(founded), "none");

    JsonNode bought = change(founded, STARTER, preview).expect(200).body();

    assertThat(bought.path("planId").asString()).isEqualTo(STARTER);
    assertThat(bought.path("status").asString()).isEqualTo("active");
    assertThat(bought.path("trialEndsAt").isNull()).isTrue();
    assertThat(charged(founded, "subscription_update")).isEqualTo(2_900);
    awaitPlans(founded, STARTER);
    advancePastTrial();
    assertThat(hasPlan(founded, STARTER)).isTrue();
    assertThat(events.all(TrialEnded.class))
        .noneMatch(event -> isOf(founded, event.organizationId()));
    startTrial(founded).refused(409, "trial-used");
  }

  @Test
  void a_plan_whose_first_month_the_bank_wants_authenticated_is_bought_then_late_or_never() {
    Founded done = withCardToAuthenticate();
    Founded late = withCardToAuthenticate();
    Founded failed = withCardToAuthenticate();
    Founded never = withCardToAuthenticate();
    for (Founded each : List.of(done, late, failed, never)) {
      change(each, STARTER, null).refused(402, "authentication-required");
      assertThat(hasStatus(each, "free")).isTrue();
      one(each, PlanChangeNeedsAuthentication.class);
      startTrial(each).refused(409, "change-pending");
    }

    stripe.authenticate(pendingIntent(done));
    stripe.failToAuthenticate(pendingIntent(failed));
    awaitPlans(done, STARTER);
    advanceClocks(Duration.ofMinutes(2));
    askAboutChanges.handle();
    one(failed, PlanChangeFailed.class);
    advanceClocks(Duration.ofHours(22));
    stripe.authenticate(pendingIntent(late));
    awaitPlans(late, STARTER);
    advanceClocks(Duration.ofHours(2));

    one(never, PlanChangeFailed.class);
    for (Founded each : List.of(done, late)) {
      assertThat(hasStatus(each, "active")).isTrue();
      assertThat(entitlements(each, 2).planId()).isEqualTo(STARTER);
    }
    for (Founded each : List.of(failed, never)) {
      assertThat(hasStatus(each, "free")).isTrue();
      assertThat(subscription(each).path("pendingChange").isNull()).isTrue();
      startTrial(each).expect(201);
    }
  }

  @Test
  void a_purchase_that_was_declined_and_is_told_while_a_trial_is_requested_is_not_that_trial() {
    Founded founded = withCard();
    stripe.decline(card(founded), "insufficient_funds");
    change(founded, STARTER, null).refused(402, "payment-failed");
    String declined = atStripe(founded).getFirst();
    stripe.storeFailures("POST", "/v1/subscriptions", 1);
    startTrial(founded).refused(503, "stripe-unavailable");

    stripe.redeliver("customer.subscription.updated", declined);
    awaitApplied(declined);

    assertThat(events.all(TrialEnded.class))
        .noneMatch(event -> isOf(founded, event.organizationId()));
    startTrial(founded).expect(201);
    assertThat(hasStatus(founded, "trialing")).isTrue();
  }

  @Test
  void a_plan_that_was_paid_before_it_is_called_off_is_bought() {
    Founded founded = withCardToAuthenticate();
    change(founded, STARTER, null).refused(402, "authentication-required");
    awaitNothingToApply();
    stripe.loseWebhooks();
    stripe.authenticate(pendingIntent(founded));

    callOff(founded).expect(200);

    assertThat(hasStatus(founded, "active")).isTrue();
    assertThat(hasPlan(founded, STARTER)).isTrue();
    String atStripe = atStripe(founded).getFirst();
    assertThat(stripe.show("subscriptions/" + atStripe).path("status").asString())
        .isEqualTo("active");
    awaitPlans(founded, STARTER);
    assertThat(events.all(PlanChangeCalledOff.class))
        .noneMatch(event -> isOf(founded, event.organizationId()));
    stripe.deliverWebhooks();
  }

  @Test
  void a_plan_that_is_called_off_before_it_is_paid_cannot_be_paid_any_more() {
    Founded founded = withCardToAuthenticate();
    change(founded, STARTER, null).refused(402, "authentication-required");

    callOff(founded).expect(200);

    one(founded, PlanChangeCalledOff.class);
    assertThat(hasStatus(founded, "free")).isTrue();
    assertThat(invoicesAtStripe(founded))
        .extracting(invoice -> invoice.path("status").asString())
        .containsExactly("void");
  }

  @Test
  void what_a_purchase_that_was_declined_would_have_cost_no_other_card_pays() {
    Founded founded = withCard();
    stripe.decline(card(founded), "insufficient_funds");
    stripe.loseWebhooks(
        "customer.subscription.deleted", "customer.subscription.updated", "invoice.voided");
    change(founded, STARTER, null).refused(402, "payment-failed");
    await().atMost(EVENTUALLY).until(() -> invoices(founded).size() == 1);

    usesAnotherCard(founded, "5555555555554444");
    chargeReplacedCards.handle();

    assertThat(invoicesAtStripe(founded))
        .extracting(invoice -> invoice.path("status").asString())
        .containsExactly("void");
    assertThat(
            jdbc.sql(
                    "SELECT count(*) FROM invoice WHERE organization_id = :id AND replacement_id IS"
                        + " NOT NULL")
                .param("id", founded.id())
                .query(Long.class)
                .single())
        .isZero();
    stripe.deliverWebhooks();
    change(founded, STARTER, null).expect(200);
    assertThat(invoicesAtStripe(founded))
        .extracting(invoice -> invoice.path("status").asString())
        .containsExactly("paid", "void");
  }

  @Test
  void a_trial_that_stripe_has_ended_gives_nothing_back_of_a_month_that_nobody_has_paid() {
    Founded founded = withCard();
    startTrial(founded).expect(201);
    awaitNothingToApply();
    stripe.loseWebhooks();
    Duration trial = TRIAL.plus(Duration.ofMinutes(1));
    stripe.advanceClock(trial);

    change(founded, STARTER, null).refused(409, "wrong-state");

    clock.advance(trial);
    assertThat(stripe.show("customers/" + customer(founded)).path("balance").asLong()).isZero();
    one(founded, PlanChangeFailed.class);
    assertThat(hasPlan(founded, PROFESSIONAL)).isTrue();
    stripe.deliverWebhooks();
    JsonNode scheduled = change(founded, STARTER, null).expect(200).body();
    assertThat(scheduled.at("/scheduledChange/planId").asString()).isEqualTo(STARTER);
  }

  @Test
  void no_larger_plan_begins_before_the_month_is_paid_of_which_a_part_would_be_given_back() {
    Founded founded = payingStarter();
    Instant end = endOfMonth(founded);
    advanceClocks(Duration.between(clock.instant(), end).plusMinutes(2));
    await().atMost(EVENTUALLY).until(() -> endOfMonth(founded).isAfter(end));

    previewed(founded, PROFESSIONAL, null).refused(409, "wrong-state");
    change(founded, PROFESSIONAL, null).refused(409, "wrong-state");

    assertThat(subscription(founded).path("pendingChange").isNull()).isTrue();
    assertThat(hasPlan(founded, STARTER)).isTrue();
    advanceClocks(Duration.ofHours(2));
    await()
        .atMost(EVENTUALLY)
        .until(() -> invoicesAtStripe(founded).get(0).path("status").asString().equals("paid"));
    change(founded, PROFESSIONAL, preview(founded, PROFESSIONAL)).expect(200);
    assertThat(hasPlan(founded, PROFESSIONAL)).isTrue();
  }

  @Test
  void
      a_larger_plan_in_the_last_minutes_of_a_month_is_paid_for_a_week_and_the_next_time_for_it_all() {
    Founded founded = payingStarter();
    Instant end = endOfMonth(founded);
    Instant start = Instant.parse(subscription(founded).at("/period/start").asString());
    advanceClocks(Duration.between(clock.instant(), end).minusMinutes(20));
    JsonNode preview = preview(founded, PROFESSIONAL);
    assertThat(preview.path("prorationDate").asString())
        .isEqualTo(end.minus(Duration.ofDays(7)).toString());
    assertThat(preview.at("/dueNow/amountMinor").asLong())
        .isEqualTo(share(9_900, start, end) - share(2_900, start, end));

    change(founded, PROFESSIONAL, preview).expect(200);

    assertCharged(founded, preview, "subscription_update");
    assertThat(hasPlan(founded, PROFESSIONAL)).isTrue();
    // Who goes back to what costs less and up again month by month has what a month costs.
    change(founded, STARTER, null).expect(200);
    passMonth(founded, end);
    await().atMost(EVENTUALLY).until(() -> hasPlan(founded, STARTER));
    Instant next = endOfMonth(founded);
    advanceClocks(Duration.between(clock.instant(), next).minusMinutes(20));
    JsonNode again = preview(founded, PROFESSIONAL);
    assertThat(again.path("prorationDate").asString()).isEqualTo(end.toString());
    assertThat(again.at("/dueNow/amountMinor").asLong()).isEqualTo(7_000);
    change(founded, PROFESSIONAL, again).expect(200);
    assertCharged(founded, again, "subscription_update");
    // So has who lets the plan end, and buys the smaller one anew; a year later that is forgotten.
    change(founded, "free", null).expect(200);
    advanceClocks(Duration.between(clock.instant(), next).plusMinutes(2));
    await().atMost(EVENTUALLY).until(() -> hasPlan(founded, "free"));
    change(founded, STARTER, null).expect(200);
    advanceClocks(DAY);
    assertThat(preview(founded, PROFESSIONAL).path("prorationDate").asString())
        .isEqualTo(subscription(founded).at("/period/start").asString());
    jdbc.sql(
            """
            UPDATE plan_change SET changed_at = changed_at - interval '365 days'
            WHERE organization_id = :id
            """)
        .param("id", founded.id())
        .update();
    assertThat(Instant.parse(preview(founded, PROFESSIONAL).path("prorationDate").asString()))
        .isEqualTo(clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  /** The price of the last week of a month. */
  private static long share(long amountMinor, Instant start, Instant end) {
    return Math.round(
        amountMinor * 7.0 * DAY.toSeconds() / Duration.between(start, end).toSeconds());
  }

  /** The next month has begun, and is paid. */
  private void passMonth(Founded founded, Instant end) {
    advanceClocks(Duration.between(clock.instant(), end).plusHours(2));
    await()
        .atMost(EVENTUALLY)
        .until(() ->
            endOfMonth(founded).isAfter(end)
                && invoicesAtStripe(founded).get(0).path("status").asString().equals("paid"));
    awaitNothingToApply();
  }

  @Test
  void a_larger_plan_for_so_little_that_nothing_is_charged_is_had_for_a_credit_alone() {
    Founded founded = payingStarter();
    Founded credited = payingStarter();
    stripe.setBalanceInDashboard(customer(credited), -5_000);
    setPrice(PROFESSIONAL, 2_930);
    try {
      previewed(founded, PROFESSIONAL, null).refused(422, "amount-not-payable");
      change(founded, PROFESSIONAL, null).refused(422, "amount-not-payable");
      change(credited, PROFESSIONAL, null).expect(200);
    } finally {
      setPrice(PROFESSIONAL, 9_900);
    }

    assertThat(subscription(founded).path("pendingChange").isNull()).isTrue();
    assertThat(hasPlan(founded, STARTER)).isTrue();
    assertThat(hasPlan(credited, PROFESSIONAL)).isTrue();
  }

  @Test
  void of_a_scheduled_change_whose_plan_has_ended_nobody_is_told_that_the_plan_goes_on() {
    Founded founded = paying(PROFESSIONAL, "CAD");
    change(founded, STARTER, null).expect(200);
    assertThat(subscription(founded).at("/scheduledChange/planId").asString()).isEqualTo(STARTER);

    stripe.cancelInDashboard(atStripe(founded).getFirst());

    one(founded, PlanEnded.class);
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "free"));
    assertThat(subscription(founded).path("scheduledChange").isNull()).isTrue();
    assertThat(events.all(PlanChangeCalledOff.class))
        .noneMatch(event -> isOf(founded, event.organizationId()));
  }

  @Test
  void with_an_organization_that_is_closed_nothing_comes_of_what_was_to_come() {
    Founded scheduled = paying(PROFESSIONAL, "CAD");
    Founded waiting = withCardToAuthenticate();
    Founded unanswered = withCard();
    change(scheduled, STARTER, null).expect(200);
    change(waiting, STARTER, null).refused(402, "authentication-required");
    awaitNothingToApply();
    stripe.loseWebhooks();
    stripe.loseAnswers("POST", "/v1/subscriptions", 10);
    change(unanswered, STARTER, null).refused(503, "stripe-unavailable");
    stripe.loseAnswers("POST", "/v1/nothing", 1);

    for (Founded each : List.of(scheduled, waiting, unanswered)) {
      // Nobody closes it then; it may have been asked for at the same moment.
      assertThat(
              api.as(INTERNAL)
                  .get("/internal/organizations/" + each.id() + "/open-matters")
                  .expect(200)
                  .plain())
          .isEqualTo("[\"plan\"]");
      tellClosed(each);
    }
    advanceClocks(Duration.ofMinutes(2));
    askAboutChanges.handle();
    stripe.deliverWebhooks();

    one(scheduled, PlanChangeCalledOff.class);
    one(waiting, PlanChangeCalledOff.class);
    for (Founded each : List.of(scheduled, unanswered)) {
      endPlanOfClosed(each);
      assertThat(subscription(each).path("cancelAtPeriodEnd").asBoolean()).isTrue();
    }
    assertThat(hasStatus(waiting, "free")).isTrue();
    change(scheduled, STARTER, null).refused(409, "wrong-state");
    change(waiting, STARTER, null).refused(409, "wrong-state");
    int paid = invoicesAtStripe(scheduled).size();
    advanceClocks(MONTH.plus(DAY));
    for (Founded each : List.of(scheduled, unanswered)) {
      await().atMost(EVENTUALLY).until(() -> hasStatus(each, "free"));
      one(each, PlanEnded.class);
    }
    assertThat(invoicesAtStripe(scheduled)).hasSize(paid);
  }

  @Test
  void what_is_bought_at_the_moment_of_a_closing_is_refused_or_ends() {
    List<Founded> everybody = AtOnce.numbered(4, _ -> withCard());

    AtOnce.numbered(
        2 * everybody.size(),
        number -> {
          Founded each = everybody.get(number / 2);
          if (number % 2 == 0) {
            tellClosed(each);
          } else {
            assertThat(change(each, STARTER, null).status()).isIn(200, 409);
          }
          return true;
        });

    for (Founded each : everybody) {
      endPlanOfClosed(each);
      assertThat(
              hasStatus(each, "free") || subscription(each).path("cancelAtPeriodEnd").asBoolean())
          .as("%s", subscription(each))
          .isTrue();
      change(each, PROFESSIONAL, null).refused(409, "wrong-state");
    }
  }

  /** The job tries it again, later than a test would wait, as long as Stripe has not answered. */
  private void endPlanOfClosed(Founded founded) {
    await()
        .atMost(EVENTUALLY)
        .ignoreException(RuleViolation.class)
        .until(() -> {
          endPlanOfClosed.handle(founded.id());
          return true;
        });
  }

  private Instant endOfMonth(Founded founded) {
    return Instant.parse(subscription(founded).at("/period/end").asString());
  }

  @Test
  void a_smaller_plan_comes_with_the_next_month_also_when_nobody_has_told_of_the_present_one() {
    Founded founded = paying(PROFESSIONAL, "CAD");
    Instant end = Instant.parse(subscription(founded).at("/period/end").asString());
    awaitNothingToApply();
    stripe.loseWebhooks();
    advanceClocks(Duration.between(clock.instant(), end).plusMinutes(2));

    JsonNode preview = preview(founded, STARTER);
    JsonNode scheduled = change(founded, STARTER, null).expect(200).body();

    stripe.deliverWebhooks();
    assertThat(Instant.parse(preview.path("effectiveAt").asString())).isAfter(end);
    assertThat(Instant.parse(scheduled.at("/scheduledChange/at").asString())).isAfter(end);
  }

  @Test
  void a_currency_that_was_paid_in_stays_also_after_a_trial_that_came_later() {
    Founded founded = payingStarter();
    await().atMost(EVENTUALLY).until(() -> invoices(founded).size() == 1);
    stripe.cancelInDashboard(atStripe(founded).getFirst());
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "free"));
    advanceClocks(Duration.ofMinutes(1));
    startTrial(founded).expect(201);
    stripe.cancelInDashboard(atStripe(founded).getFirst());
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "free"));

    change(founded, STARTER, "USD", null).refused(409, "currency-fixed");
  }

  @Test
  void another_price_is_for_who_buys_a_plan_from_then_on_and_a_running_plan_keeps_its_own() {
    Founded before = payingStarter();
    setPrice(STARTER, 3_100);
    try {
      List<String> prices =
          AtOnce.times(4, () -> ensurePrice.handle(STARTER, Currency.getInstance("CAD")));
      assertThat(Set.copyOf(prices)).hasSize(1);
      Founded after = withCard();
      JsonNode preview = preview(after, STARTER);
      assertThat(preview.at("/dueNow/amountMinor").asLong()).isEqualTo(3_100);
      change(after, STARTER, preview).expect(200);
      assertCharged(after, preview, "subscription_create");

      passMonth(before, endOfMonth(before));

      assertThat(invoicesAtStripe(before).get(0).path("total").asLong()).isEqualTo(2_900);
      assertThat(hasPlan(before, STARTER)).isTrue();
    } finally {
      setPrice(STARTER, 2_900);
    }
  }

  @Test
  void what_was_paid_by_a_customer_who_was_deleted_at_stripe_is_booked_as_a_plan() {
    Founded founded = withCard();
    awaitNothingToApply();
    stripe.loseWebhooks();
    change(founded, STARTER, null).expect(200);
    String intent = intent(founded);
    String deleted = customer(founded);
    stripe.deleteCustomer(deleted);
    stripe.deliverWebhooks();
    stripe.redeliver("customer.deleted", deleted);
    await().atMost(EVENTUALLY).until(() -> customer(founded).isEmpty());

    stripe.redeliver("payment_intent.succeeded", intent);

    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(postings("invoice-paid", stripe.chargeOf(intent)))
                .containsExactly("awaiting-stripe 2900", "subscriptions -2900"));
    assertThat(invoices(founded).get(0).path("status").asString()).isEqualTo("paid");
  }

  @Test
  void whose_cards_were_declined_five_times_waits_until_a_day_later() {
    Founded founded = withCard();
    stripe.decline(card(founded), "lost_card");
    for (int declined = 0; declined < 5; declined++) {
      Answer answer = change(founded, STARTER, null).refused(402, "payment-failed");
      // Whether a card is blocked, its bank says.
      assertThat(answer.body().path("declineCode").asString()).isEqualTo("generic_decline");
    }
    stripe.decline(card(founded), "none");

    change(founded, STARTER, null).refused(429, "too-many-requests");
    preview(founded, STARTER);
    advanceClocks(DAY);
    change(founded, STARTER, null).expect(200);
  }

  @Test
  void of_a_cancellation_and_a_change_at_once_one_is_refused() {
    Founded founded = payingStarter();
    String cancel = founded.path() + "/subscription/cancel";
    stripe.delayAnswers("POST", SUBSCRIPTION, 1, Duration.ofSeconds(2));

    List<Answer> answers =
        AtOnce.<Answer>all(
            List.of(
                () -> post(cancel, founded.bearer(), ""),
                () -> change(founded, PROFESSIONAL, null)));

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .allSatisfy(answer ->
            assertThat(answer.body().path("code").asString())
                .isIn("change-pending", "wrong-state"));
  }

  @Test
  void as_long_as_a_cancellation_is_under_way_no_other_change_begins() {
    Founded founded = payingStarter();
    jdbc.sql("UPDATE subscription SET renewal_changing_until = :until WHERE organization_id = :id")
        .param("until", clock.instant().plus(Duration.ofMinutes(3)).atOffset(ZoneOffset.UTC))
        .param("id", founded.id())
        .update();

    change(founded, PROFESSIONAL, null).refused(409, "change-pending");
    for (String renewal : List.of("cancel", "resume")) {
      post(founded.path() + "/subscription/" + renewal, founded.bearer(), "")
          .refused(409, "change-pending");
    }
    advanceClocks(Duration.ofMinutes(3));
    // Whoever cancels has died: Stripe may still do it.
    change(founded, PROFESSIONAL, null).refused(409, "change-pending");
    advanceClocks(Duration.ofMinutes(1));

    change(founded, PROFESSIONAL, null).expect(200);
    post(founded.path() + "/subscription/cancel", founded.bearer(), "").expect(200);
  }

  @Test
  void nobody_buys_more_of_a_plan_whose_cancellation_is_not_answered() {
    Founded cancelled = payingStarter();
    Founded goesOn = payingStarter();
    awaitNothingToApply();
    stripe.loseWebhooks();
    awaitNothingToApply();
    stripe.loseAnswers("POST", SUBSCRIPTION, 10);
    cancelsInVain(cancelled);
    stripe.storeFailures("POST", SUBSCRIPTION, 1);
    cancelsInVain(goesOn);
    for (Founded each : List.of(cancelled, goesOn)) {
      change(each, PROFESSIONAL, null).refused(409, "change-pending");
      post(
              each.path() + "/subscription/change-preview",
              each.bearer(),
              "{\"planId\": \"professional\"}")
          .refused(409, "change-pending");
    }

    advanceClocks(Duration.ofMinutes(2));

    // Stripe is asked what became of it.
    change(cancelled, PROFESSIONAL, null).refused(409, "wrong-state");
    assertThat(subscription(cancelled).path("cancelAtPeriodEnd").asBoolean()).isTrue();
    change(goesOn, PROFESSIONAL, null).expect(200);
    assertThat(hasPlan(goesOn, PROFESSIONAL)).isTrue();
    stripe.deliverWebhooks();
  }

  private void cancelsInVain(Founded founded) {
    post(founded.path() + "/subscription/cancel", founded.bearer(), "")
        .refused(503, "stripe-unavailable");
    stripe.loseAnswers("POST", "/v1/nothing", 1);
  }

  @Test
  void a_preview_of_a_month_that_is_over_is_expired_also_when_nobody_has_told_of_the_next_one() {
    Founded founded = payingStarter();
    stripe.setBalanceInDashboard(customer(founded), -20_000);
    advanceClocks(Duration.between(clock.instant(), endOfMonth(founded)).minusMinutes(8));
    JsonNode preview = preview(founded, PROFESSIONAL);
    awaitNothingToApply();
    stripe.loseWebhooks();
    advanceClocks(Duration.ofMinutes(9));

    change(founded, PROFESSIONAL, preview).refused(409, "preview-expired");

    stripe.deliverWebhooks();
    assertThat(subscription(founded).path("pendingChange").isNull()).isTrue();
    advanceClocks(Duration.ofHours(2));
    change(founded, PROFESSIONAL, preview(founded, PROFESSIONAL)).expect(200);
  }

  @Test
  void an_upgrade_that_the_bank_wants_authenticated_waits_for_that() {
    Founded founded = payingStarter();
    usesAnotherCard(founded, AUTHENTICATED_CARD);
    long version = latestVersion(founded);

    Answer asked = change(founded, PROFESSIONAL, null).refused(402, "authentication-required");

    String url = asked.body().path("url").asString();
    assertThat(url).startsWith("http");
    assertThat(
            change(founded, PROFESSIONAL, null)
                .refused(402, "authentication-required")
                .body()
                .path("url")
                .asString())
        .isEqualTo(url);
    assertThat(subscription(founded).at("/pendingChange/authenticationUrl").asString())
        .isEqualTo(url);
    one(founded, PlanChangeNeedsAuthentication.class);
    assertThat(latestVersion(founded)).isEqualTo(version);
    assertThat(hasPlan(founded, STARTER)).isTrue();

    stripe.authenticate(pendingIntent(founded));

    awaitPlans(founded, STARTER, PROFESSIONAL);
    assertThat(entitlements(founded, version + 1).planId()).isEqualTo(PROFESSIONAL);
    assertThat(subscription(founded).path("pendingChange").isNull()).isTrue();
  }

  @Test
  void an_upgrade_that_nobody_authenticates_expires_or_is_called_off() {
    Founded expired = payingStarter();
    Founded calledOff = payingStarter();
    for (Founded each : List.of(expired, calledOff)) {
      usesAnotherCard(each, AUTHENTICATED_CARD);
      change(each, PROFESSIONAL, null).refused(402, "authentication-required");
    }
    callOff(calledOff).expect(200);
    one(calledOff, PlanChangeCalledOff.class);
    assertNothingPends(calledOff);

    advanceClocks(DAY);

    one(expired, PlanChangeFailed.class);
    assertNothingPends(expired);
    assertThat(events.all(GraceStarted.class))
        .noneMatch(event -> isOf(expired, event.organizationId()));
  }

  private void assertNothingPends(Founded founded) {
    assertThat(
            stripe
                .show("subscriptions/" + atStripe(founded).getFirst())
                .path("pending_update")
                .isNull())
        .isTrue();
    assertThat(invoicesAtStripe(founded).get(0).path("status").asString()).isEqualTo("void");
    assertThat(hasPlan(founded, STARTER)).isTrue();
    assertThat(hasStatus(founded, "active")).isTrue();
    assertThat(subscription(founded).path("pendingChange").isNull()).isTrue();
  }

  private void usesAnotherCard(Founded founded, String number) {
    String saved = stripe.saveCard(stripe.sessionOf(setupPage(founded)), number);
    await().atMost(EVENTUALLY).until(() -> cards(founded).size() == 2);
    api.as(founded.bearer())
        .put(founded.path() + "/payment-methods/" + saved + "/default", "")
        .expect(200);
  }

  /** The payment intent that the bank wants authenticated. */
  private String pendingIntent(Founded founded) {
    return stripe
        .show("invoice_payments?invoice=" + invoicesAtStripe(founded).get(0).path("id").asString())
        .at("/data/0/payment/payment_intent")
        .asString();
  }

  @Test
  void a_downgrade_comes_with_the_next_month() {
    Founded founded = paying(PROFESSIONAL, "CAD");
    Founded calledOff = paying(PROFESSIONAL, "CAD");
    Founded released = paying(PROFESSIONAL, "CAD");
    for (Founded each : List.of(founded, calledOff, released)) {
      JsonNode preview = preview(each, STARTER);
      assertThat(preview.at("/dueNow/amountMinor").asLong()).isZero();
      assertThat(preview.at("/nextInvoice/amountMinor").asLong()).isEqualTo(2_900);
      JsonNode scheduled = change(each, STARTER, preview).expect(200).body();
      assertThat(scheduled.path("planId").asString()).isEqualTo(PROFESSIONAL);
      assertThat(scheduled.at("/scheduledChange/planId").asString()).isEqualTo(STARTER);
      assertThat(scheduled.at("/scheduledChange/at").asString())
          .isEqualTo(scheduled.at("/period/end").asString())
          .isEqualTo(preview.path("effectiveAt").asString());
      one(each, PlanChangeScheduled.class);
      change(each, "free", null).refused(409, "change-pending");
    }
    callOff(calledOff).expect(200);
    callOff(calledOff).refused(409, "wrong-state");
    stripe.releaseScheduleInDashboard(schedule(released));

    for (Founded each : List.of(calledOff, released)) {
      assertThat(one(each, PlanChangeCalledOff.class).planId()).isEqualTo(PROFESSIONAL);
      await().atMost(EVENTUALLY).until(() -> subscription(each).path("scheduledChange").isNull());
    }
    long version = latestVersion(founded);
    advanceClocks(MONTH.plus(DAY));

    await().atMost(EVENTUALLY).until(() -> hasPlan(founded, STARTER));
    assertThat(entitlements(founded, version + 1).planId()).isEqualTo(STARTER);
    assertThat(subscription(founded).path("scheduledChange").isNull()).isTrue();
    await().atMost(EVENTUALLY).until(() -> invoices(founded).size() == 2);
    assertThat(invoices(founded).get(0).at("/total/amountMinor").asLong()).isEqualTo(2_900);
    for (Founded each : List.of(calledOff, released)) {
      assertThat(hasPlan(each, PROFESSIONAL)).isTrue();
      await().atMost(EVENTUALLY).until(() -> invoices(each).size() == 2);
      assertThat(invoices(each).get(0).at("/total/amountMinor").asLong()).isEqualTo(9_900);
    }
  }

  @Test
  void a_smaller_plan_can_be_had_as_it_was_shown_when_stripes_clock_is_ahead_of_ours() {
    Founded founded = withCard();
    Duration ahead = Duration.ofSeconds(30);
    stripe.advanceClock(ahead);
    change(founded, PROFESSIONAL, null).expect(200);

    JsonNode preview = preview(founded, STARTER);
    JsonNode scheduled = change(founded, STARTER, preview).expect(200).body();

    assertThat(scheduled.at("/scheduledChange/at").asString())
        .isEqualTo(preview.path("effectiveAt").asString());
    clock.advance(ahead);
  }

  /**
   * A trial ends by our clock, which may be a second before Stripe's; its invoice is a draft for an
   * hour from the moment on at which Stripe has ended it.
   */
  private void advancePastTrial() {
    advanceClocks(TRIAL.plusMinutes(1));
    advanceClocks(DAY);
  }

  @Test
  void a_smaller_plan_whose_month_is_not_paid_is_none_when_no_month_ever_was() {
    Founded founded = withCard();
    stripe.decline(card(founded), "insufficient_funds");
    startTrial(founded).expect(201);
    awaitNothingToApply();
    advancePastTrial();
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "past-due"));
    stripe.voidInDashboard(invoicesAtStripe(founded).get(0).path("id").asString());
    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "active"));
    change(founded, STARTER, null).expect(200);

    advanceClocks(MONTH.plus(DAY));

    await().atMost(EVENTUALLY).until(() -> hasStatus(founded, "past-due"));
    awaitPlans(founded, STARTER);
    assertThat(hasPlan(founded, "free")).isTrue();
  }

  @Test
  void a_downgrade_whose_answers_and_webhooks_were_lost_comes_all_the_same() {
    Founded founded = paying(PROFESSIONAL, "CAD");
    awaitNothingToApply();
    stripe.loseWebhooks();
    for (String step : List.of("/v1/subscription_schedules", "/v1/subscription_schedules/{id}")) {
      stripe.loseAnswers("POST", step, 10);
      if (step.endsWith("schedules")) {
        change(founded, STARTER, null).refused(503, "stripe-unavailable");
      } else {
        advanceClocks(Duration.ofMinutes(2));
        askAboutChanges.handle();
      }
    }
    stripe.loseAnswers("POST", "/v1/nothing", 1);
    advanceClocks(Duration.ofMinutes(5));
    askAboutChanges.handle();
    one(founded, PlanChangeScheduled.class);

    advanceClocks(MONTH.plus(DAY));
    askAboutChanges.handle();

    await().atMost(EVENTUALLY).until(() -> hasPlan(founded, STARTER));
    awaitPlans(founded, PROFESSIONAL, STARTER);
    stripe.deliverWebhooks();
  }

  @Test
  void a_plan_is_changed_once_at_a_time_and_what_is_told_twice_changes_nothing() {
    Founded founded = payingStarter();
    long version = latestVersion(founded);

    List<Answer> answers = AtOnce.times(4, () -> change(founded, PROFESSIONAL, null));

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .allSatisfy(answer ->
            assertThat(answer.body().path("code").asString()).isIn("change-pending", "same-plan"));
    assertThat(entitlements(founded, version + 1).planId()).isEqualTo(PROFESSIONAL);
    String atStripe = atStripe(founded).getFirst();
    stripe.redeliver("customer.subscription.updated", atStripe);
    awaitApplied(atStripe);
    awaitPlans(founded, STARTER, PROFESSIONAL);
    assertThat(versions(founded)).endsWith(version + 1);
    startTrial(founded).refused(409, "wrong-state");
    change(founded, PROFESSIONAL, null).refused(409, "same-plan");
  }

  @Test
  void an_upgrade_whose_answer_was_lost_is_found_and_charged_once() {
    Founded founded = payingStarter();
    int invoices = invoicesAtStripe(founded).size();
    awaitNothingToApply();
    stripe.loseWebhooks();
    awaitNothingToApply();
    stripe.loseAnswers("POST", SUBSCRIPTION, 10);

    change(founded, PROFESSIONAL, null).refused(503, "stripe-unavailable");

    stripe.loseAnswers("POST", "/v1/nothing", 1);
    assertThat(subscription(founded).path("planId").asString()).isEqualTo(STARTER);
    assertThat(subscription(founded).at("/pendingChange/planId").asString())
        .isEqualTo(PROFESSIONAL);
    change(founded, PROFESSIONAL, null).refused(409, "change-pending");
    post(founded.path() + "/subscription/cancel", founded.bearer(), "")
        .refused(409, "change-pending");
    advanceClocks(Duration.ofMinutes(1));
    askAboutChanges.handle();
    askAboutChanges.handle();

    assertThat(subscription(founded).path("planId").asString()).isEqualTo(PROFESSIONAL);
    assertThat(subscription(founded).path("pendingChange").isNull()).isTrue();
    assertThat(invoicesAtStripe(founded)).hasSize(invoices + 1);
    awaitPlans(founded, STARTER, PROFESSIONAL);
    stripe.deliverWebhooks();
  }

  @Test
  void that_a_card_is_blocked_its_bank_says_and_not_we() {
    Founded founded = withCard();
    stripe.decline(card(founded), "lost_card");

    Answer declined = change(founded, STARTER, null).refused(402, "payment-failed");

    assertThat(declined.body().path("declineCode").asString()).isEqualTo("generic_decline");
  }

  @Test
  void a_preview_whose_plan_has_another_price_since_is_expired() {
    Founded founded = payingStarter();
    JsonNode preview = preview(founded, PROFESSIONAL);
    setPrice(PROFESSIONAL, 9_950);
    try {
      change(founded, PROFESSIONAL, preview).refused(409, "preview-expired");
    } finally {
      setPrice(PROFESSIONAL, 9_900);
    }

    change(founded, PROFESSIONAL, preview).expect(200);
  }

  private void setPrice(String planId, long amountMinor) {
    jdbc.sql(
            """
            UPDATE plan_price SET amount_minor = :amount
            WHERE plan_id = :planId AND currency = 'CAD'
            """)
        .param("planId", planId)
        .param("amount", amountMinor)
        .update();
  }

  @Test
  void what_cannot_be_changed_is_refused_by_its_code() {
    Founded free = founded();
    change(free, "platinum", null).refused(400, "invalid-request");
    change(free, "free", null).refused(409, "same-plan");
    change(free, STARTER, null).refused(402, "payment-method-required");
    change(withCard(), STARTER, "CHF", null).refused(422, "currency-not-supported");
    Founded founded = payingStarter();
    change(founded, PROFESSIONAL, "USD", null).refused(409, "currency-fixed");
    JsonNode preview = preview(founded, PROFESSIONAL);
    advanceClocks(Duration.ofMinutes(10));
    change(founded, PROFESSIONAL, preview).refused(409, "preview-expired");
    post(founded.path() + "/subscription/change/cancel", founded.bearer(), "")
        .refused(409, "wrong-state");
    change(founded, "free", null).expect(200);
    assertThat(subscription(founded).at("/scheduledChange/planId").asString()).isEqualTo("free");
    change(founded, PROFESSIONAL, null).refused(409, "wrong-state");
    post(founded.path() + "/subscription/change/cancel", founded.bearer(), "").expect(200);
    assertThat(subscription(founded).path("scheduledChange").isNull()).isTrue();
  }

  private Founded payingStarter() {
    return paying(STARTER, "CAD");
  }

  /** An organization that has bought a plan. */
  private Founded paying(String planId, String currency) {
    Founded founded = withCard();
    change(founded, planId, currency, null).expect(200);
    assertThat(hasPlan(founded, planId)).isTrue();
    awaitNothingToApply();
    return founded;
  }

  private Founded withCard() {
    Founded founded = founded();
    entitlements(founded, 1);
    stripe.saveCard(stripe.sessionOf(setupPage(founded)), "4242424242424242");
    await().atMost(EVENTUALLY).until(() -> cards(founded).size() == 1);
    awaitNothingToApply();
    return founded;
  }

  private Founded withCardToAuthenticate() {
    Founded founded = founded();
    entitlements(founded, 1);
    stripe.saveCard(stripe.sessionOf(setupPage(founded)), AUTHENTICATED_CARD);
    await().atMost(EVENTUALLY).until(() -> cards(founded).size() == 1);
    return founded;
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

  private Answer callOff(Founded founded) {
    return post(founded.path() + "/subscription/change/cancel", founded.bearer(), "");
  }

  private String schedule(Founded founded) {
    return stripe.show("subscriptions/" + atStripe(founded).getFirst()).path("schedule").asString();
  }

  private boolean hasPlan(Founded founded, String planId) {
    return subscription(founded).path("planId").asString().equals(planId);
  }

  private void setPlanInDashboard(Founded founded, String planId) {
    String subscription = atStripe(founded).getFirst();
    JsonNode item = stripe.show("subscriptions/" + subscription).at("/items/data/0");
    String currency = subscription(founded).path("currency").asString();
    stripe.setPriceInDashboard(
        subscription,
        item.path("id").asString(),
        ensurePrice.handle(planId, Currency.getInstance(currency)));
    await().atMost(EVENTUALLY).until(() -> hasPlan(founded, planId));
  }

  private JsonNode preview(Founded founded, String planId) {
    return preview(founded, planId, null);
  }

  private JsonNode preview(Founded founded, String planId, @Nullable String currency) {
    return previewed(founded, planId, currency).expect(200).body();
  }

  private Answer previewed(Founded founded, String planId, @Nullable String currency) {
    return post(
        founded.path() + "/subscription/change-preview",
        founded.bearer(),
        "{\"planId\": \"%s\"%s}"
            .formatted(planId, currency == null ? "" : ", \"currency\": \"" + currency + "\""));
  }

  private Answer change(Founded founded, String planId, @Nullable JsonNode preview) {
    return change(founded, planId, null, preview);
  }

  private Answer change(
      Founded founded, String planId, @Nullable String currency, @Nullable JsonNode preview) {
    return post(
        founded.path() + "/subscription/change",
        founded.bearer(),
        "{\"planId\": \"%s\"%s%s}"
            .formatted(
                planId,
                currency == null ? "" : ", \"currency\": \"" + currency + "\"",
                preview == null
                    ? ""
                    : ", \"previewId\": \"" + preview.path("id").asString() + "\""));
  }

  private JsonNode invoicesAtStripe(Founded founded) {
    return stripe.show("invoices?limit=100&customer=" + customer(founded)).path("data");
  }

  /** What the latest invoice asked for, and what its charge was: the same. */
  private long charged(Founded founded, String reason) {
    JsonNode invoice = invoicesAtStripe(founded).get(0);
    assertThat(invoice.path("status").asString()).isEqualTo("paid");
    assertThat(invoice.path("billing_reason").asString()).isEqualTo(reason);
    JsonNode payments =
        stripe.show("invoice_payments?invoice=" + invoice.path("id").asString()).path("data");
    if (payments.isEmpty()) {
      // Too little to be charged: it goes to the customer's balance.
      assertThat(invoice.path("amount_due").asLong()).isZero();
      return 0;
    }
    String intent = payments.at("/0/payment/payment_intent").asString();
    long charge = stripe.show("charges/" + stripe.chargeOf(intent)).path("amount").asLong();
    assertThat(invoice.path("amount_due").asLong()).isEqualTo(charge);
    return charge;
  }

  private static long sumOfLines(JsonNode preview) {
    return preview
        .path("lines")
        .valueStream()
        .mapToLong(line -> line.at("/amount/amountMinor").asLong())
        .sum();
  }

  private long latestVersion(Founded founded) {
    return jdbc.sql("SELECT version FROM subscription WHERE organization_id = :id")
        .param("id", founded.id())
        .query(Long.class)
        .single();
  }

  private <E extends SubscriptionEvent> E one(Founded founded, Class<E> type) {
    E event = events.await(type, each -> isOf(founded, each.organizationId()));
    assertThat(events.all(type).stream().filter(each -> isOf(founded, each.organizationId())))
        .hasSize(1);
    return event;
  }

  /** What was told of the plans that followed each other. */
  private void awaitPlans(Founded founded, String... planIds) {
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(
                    events.all(PlanChanged.class).stream()
                        .filter(event -> isOf(founded, event.organizationId()))
                        .map(PlanChanged::planId))
                .containsExactly(planIds));
  }
}
