package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.billing.EntitlementsEvent.EntitlementsChanged;
import io.cpdevents.contracts.billing.SubscriptionEvent;
import io.cpdevents.contracts.billing.SubscriptionEvent.CardExpiryNear;
import io.cpdevents.contracts.billing.SubscriptionEvent.DefaultCardReplaced;
import io.cpdevents.contracts.billing.SubscriptionEvent.GraceStarted;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanLost;
import io.cpdevents.contracts.billing.SubscriptionEvent.RenewalFailed;
import io.cpdevents.contracts.billing.SubscriptionEvent.RenewalRecovered;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEndNear;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialPaid;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialStarted;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What must be true of an organization of the simulation when nothing is under way. */
final class PlanBooks {

  private static final String FREE = "free";
  private static final String PROFESSIONAL = "professional";

  private final PlanSimulationIT play;
  private final PlanJourney.Founded founded;
  private final List<JsonNode> subscriptions;
  private final List<JsonNode> invoices;

  PlanBooks(PlanSimulationIT play, PlanJourney.Founded founded) {
    this.play = play;
    this.founded = founded;
    String customer = play.isCustomer(founded) ? play.customer(founded) : "cus_nobody";
    this.subscriptions = list("subscriptions?limit=100&status=all&customer=" + customer);
    this.invoices = list("invoices?limit=100&customer=" + customer);
  }

  private List<JsonNode> list(String path) {
    return play.stripe.show(path).path("data").valueStream().toList();
  }

  void check() {
    eachMonthIsPaidOnceAtMost();
    JsonNode live = live();
    it_has_what_stripe_says(live);
    eachStepIsToldOnce(live);
    nothingIsOpenOfWhatIsOver();
  }

  /** All that was asked of Stripe for plans is in the books, and nothing else. */
  static void checkMoney(PlanSimulationIT play) {
    play.eventually(() -> {
      assertThat(play.balanceOf("stripe"))
          .as("Stripe's balance")
          .isEqualTo(play.stripe.balance("cad"));
      assertThat(play.balanceOf("awaiting-stripe")).as("awaited of Stripe").isZero();
      assertThat(play.balanceOf("suspense")).as("money nobody knows").isZero();
    });
    assertThat(play.count("SELECT count(*) FROM stripe_event WHERE status = 'parked'"))
        .as("events that could not be applied")
        .isZero();
    assertThat(play.count("SELECT count(*) FROM ledger_break WHERE resolved_at IS NULL"))
        .as("breaks")
        .isZero();
  }

  private void eachMonthIsPaidOnceAtMost() {
    List<JsonNode> paid =
        invoices.stream()
            .filter(invoice ->
                invoice.path("status").asString().equals("paid")
                    && invoice.path("total").asLong() > 0)
            .toList();
    List<Long> months = paid.stream().map(PlanBooks::month).toList();
    assertThat(months).as("months that are paid, of %s", founded).doesNotHaveDuplicates();
    for (JsonNode invoice : paid) {
      assertThat(list("invoice_payments?status=paid&invoice=" + invoice.path("id").asString()))
          .as("payments of %s", invoice.path("id"))
          .hasSize(1);
      assertThat(invoice.path("amount_paid").asLong()).isEqualTo(invoice.path("total").asLong());
    }
    long charged =
        play.isCustomer(founded)
            ? list("charges?limit=100&customer=" + play.customer(founded)).stream()
                .filter(charge -> charge.path("paid").asBoolean())
                .mapToLong(charge -> charge.path("amount").asLong())
                .sum()
            : 0;
    assertThat(charged)
        .as("charged to %s", founded)
        .isEqualTo(paid.stream().mapToLong(invoice -> invoice.path("total").asLong()).sum());
  }

  private static long month(JsonNode invoice) {
    return invoice.at("/lines/data/0/period/start").asLong();
  }

  private @Nullable JsonNode live() {
    List<JsonNode> live =
        subscriptions.stream()
            .filter(subscription -> !subscription.path("status").asString().equals("canceled"))
            .toList();
    assertThat(live).as("live subscriptions of %s", founded).hasSizeLessThan(2);
    return live.isEmpty() ? null : live.getFirst();
  }

  private void it_has_what_stripe_says(@Nullable JsonNode live) {
    JsonNode shown = play.subscription(founded);
    String status = live == null ? FREE : live.path("status").asString().replace('_', '-');
    if (status.equals("past-due") && isGivenUp()) {
      status = "grace";
    }
    assertThat(shown.path("status").asString()).as("status of %s", founded).isEqualTo(status);
    String plan = live == null || (isInArrears(status) && !isEverPaid()) ? FREE : PROFESSIONAL;
    assertThat(shown.path("planId").asString()).as("plan of %s", founded).isEqualTo(plan);
    if (live != null) {
      assertThat(shown.path("cancelAtPeriodEnd").asBoolean())
          .as("end of %s", founded)
          .isEqualTo(live.path("cancel_at_period_end").asBoolean());
    }
    play.eventually(() -> {
      EntitlementsChanged latest = latest();
      assertThat(latest.planId()).as("entitlements of %s", founded).isEqualTo(plan);
      Instant grace = latest.graceEndsAt();
      assertThat(grace == null ? "" : grace.toString())
          .isEqualTo(shown.path("graceEndsAt").asString(""));
    });
    List<Long> versions = play.versions(founded);
    assertThat(versions)
        .as("versions of %s", founded)
        .isEqualTo(LongStream.rangeClosed(1, versions.size()).boxed().toList());
  }

  private static boolean isInArrears(String status) {
    return status.equals("past-due") || status.equals("grace");
  }

  /** Whether Stripe does not try again. */
  private boolean isGivenUp() {
    return invoices.stream()
        .anyMatch(invoice ->
            invoice.path("status").asString().equals("open")
                && invoice.path("attempt_count").asInt() > 0
                && invoice.path("next_payment_attempt").isNull());
  }

  private boolean isEverPaid() {
    return invoices.stream()
        .anyMatch(invoice ->
            invoice.path("status").asString().equals("paid") && invoice.path("total").asLong() > 0);
  }

  private EntitlementsChanged latest() {
    return play.events.all(EntitlementsChanged.class).stream()
        .filter(event -> PlanJourney.isOf(founded, event.organizationId()))
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  private void eachStepIsToldOnce(@Nullable JsonNode live) {
    long over = subscriptions.size() - (live == null ? 0 : 1);
    play.eventually(() -> {
      assertThat(told(TrialStarted.class)).as("trials of %s", founded).hasSizeLessThan(2);
      assertThat(
              told(TrialEnded.class).size()
                  + told(PlanLost.class).size()
                  + told(PlanEnded.class).size())
          .as("ends of %s", founded)
          .isEqualTo((int) over);
      assertThat(told(TrialPaid.class))
          .as("first months of %s", founded)
          .hasSize(isEverPaid() ? 1 : 0);
    });
    boolean isInGrace = play.hasStatus(founded, "grace");
    int graces = told(GraceStarted.class).size();
    assertThat(graces)
        .as("graces of %s", founded)
        .isLessThanOrEqualTo(
            told(RenewalRecovered.class).size()
                + told(PlanLost.class).size()
                + told(TrialPaid.class).size()
                + (isInGrace ? 1 : 0))
        .isGreaterThanOrEqualTo(isInGrace ? 1 : 0);
    assertOnce(GraceStarted.class, GraceStarted::graceEndsAt);
    assertOnce(RenewalFailed.class, RenewalFailed::nextAttemptAt);
    assertOnce(TrialEndNear.class, TrialEndNear::daysBefore);
    assertOnce(
        CardExpiryNear.class,
        near -> near.paymentMethodId() + " " + near.expiresAt() + " " + near.daysBefore());
    assertOnce(DefaultCardReplaced.class, card -> card.paymentMethodId() + " " + card.replacedAt());
    int attempts = invoices.stream().mapToInt(each -> each.path("attempt_count").asInt()).sum();
    assertThat(told(RenewalFailed.class).size() + graces)
        .as("failed attempts of %s", founded)
        .isLessThanOrEqualTo(attempts);
  }

  private <E extends SubscriptionEvent> void assertOnce(Class<E> type, Function<E, Object> step) {
    assertThat(told(type).stream().map(step))
        .as("%s of %s", type.getSimpleName(), founded)
        .doesNotHaveDuplicates();
  }

  private <E extends SubscriptionEvent> List<E> told(Class<E> type) {
    return play.events.all(type).stream()
        .filter(event -> PlanJourney.isOf(founded, event.organizationId()))
        .toList();
  }

  private void nothingIsOpenOfWhatIsOver() {
    List<String> ended =
        subscriptions.stream()
            .filter(subscription -> subscription.path("status").asString().equals("canceled"))
            .map(subscription -> subscription.path("id").asString())
            .toList();
    assertThat(invoices)
        .as("open invoices of %s", founded)
        .noneMatch(invoice ->
            invoice.path("status").asString().equals("open")
                && ended.contains(
                    invoice.at("/parent/subscription_details/subscription").asString("")));
  }
}
