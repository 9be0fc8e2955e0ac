package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.billing.SubscriptionEvent;
import io.cpdevents.contracts.billing.SubscriptionEvent.CardExpiryNear;
import io.cpdevents.contracts.billing.SubscriptionEvent.DefaultCardReplaced;
import io.cpdevents.contracts.billing.SubscriptionEvent.EarlierMonthLeftOpen;
import io.cpdevents.contracts.billing.SubscriptionEvent.GraceStarted;
import io.cpdevents.contracts.billing.SubscriptionEvent.PaymentMethodMissing;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeCalledOff;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeFailed;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeNeedsAuthentication;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeScheduled;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChanged;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanLost;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanPaymentDisputed;
import io.cpdevents.contracts.billing.SubscriptionEvent.RenewalFailed;
import io.cpdevents.contracts.billing.SubscriptionEvent.RenewalRecovered;
import io.cpdevents.contracts.billing.SubscriptionEvent.ReplacementCardDeclined;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEndNear;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialPaid;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertionsProvider.ThrowingRunnable;
import tools.jackson.databind.JsonNode;

/**
 * What people of an organization were told of its plan, each of which is a mail: each step once.
 */
final class ToldOfPlan implements ThrowingRunnable {

  private static final String FREE = "free";
  private static final String CANCELED = "canceled";

  /** The clock of the test is ahead of Stripe's, or behind it, while a day passes. */
  private static final Duration SKEW = Duration.ofDays(2);

  /** Longer than Stripe takes to charge what it has made. */
  private static final long AT_ONCE_SECONDS = 60;

  private final PlanSimulationIT play;
  private final PlanJourney.Founded founded;
  private final List<SubscriptionEvent> told;
  private final String customer;
  private final StripeBooks stripe;
  private final List<JsonNode> subscriptions;
  private final List<JsonNode> invoices;

  ToldOfPlan(
      PlanSimulationIT play,
      PlanJourney.Founded founded,
      StripeBooks stripe,
      List<SubscriptionEvent> told) {
    this.play = play;
    this.founded = founded;
    this.stripe = stripe;
    this.told = told;
    this.customer = play.isCustomer(founded) ? play.customer(founded) : "";
    this.subscriptions = stripe.subscriptions().getOrDefault(customer, List.of());
    this.invoices = stripe.invoices().getOrDefault(customer, List.of());
  }

  @Override
  public void run() {
    plansFollowEachOther();
    theTrialIsToldOnce();
    eachEndIsToldOnce();
    eachFailureIsToldOnce();
    arrearsAreTold();
    noMonthIsLeftOpenSilently();
    eachChangeIsToldOnce();
    cardsAreToldOnce();
    assertThat(of(PlanPaymentDisputed.class))
        .as("disputes of %s", founded)
        .hasSameSizeAs(stripe.disputesOf(customer));
  }

  /** Whoever reads all mails knows at any time which plan there is. */
  private void plansFollowEachOther() {
    String plan = FREE;
    boolean isTrialKnown = false;
    for (SubscriptionEvent event : told) {
      switch (event) {
        case TrialStarted started -> {
          assertThat(plan).as("before %s", started).isEqualTo(FREE);
          isTrialKnown = true;
          plan = started.planId();
        }
        case PlanChanged changed -> {
          assertThat(changed.previousPlanId()).as("before %s", changed).isEqualTo(plan);
          assertThat(changed.planId()).as("%s", changed).isNotEqualTo(plan);
          plan = changed.planId();
        }
        case TrialPaid paid -> {
          // Who hears of the trial only when it is over is not told of its start.
          assertThat(plan).as("before %s", paid).isIn(paid.planId(), isTrialKnown ? plan : FREE);
          plan = paid.planId();
        }
        case TrialEnded ended -> plan = ended(plan, ended.planId(), isTrialKnown, ended);
        case PlanEnded ended -> plan = ended(plan, ended.planId(), isTrialKnown, ended);
        case PlanLost lost -> plan = ended(plan, lost.planId(), isTrialKnown, lost);
        default -> {}
      }
    }
    assertThat(plan).as("the last plan that %s was told of", founded).isEqualTo(subscribed());
  }

  private static String ended(
      String plan, String endedPlan, boolean isTrialKnown, SubscriptionEvent event) {
    assertThat(plan).as("before %s", event).isIn(endedPlan, isTrialKnown ? endedPlan : FREE);
    return FREE;
  }

  /** The plan that is paid, or is to be. */
  private String subscribed() {
    return subscriptions.stream()
        .filter(each -> !isOver(each))
        .findFirst()
        .map(live -> play.planOf(live.at("/items/data/0/price/id").asString()))
        .orElse(FREE);
  }

  private static boolean isOver(JsonNode subscription) {
    String status = subscription.path("status").asString();
    return status.equals(CANCELED) || status.startsWith("incomplete");
  }

  private void theTrialIsToldOnce() {
    List<JsonNode> tried =
        subscriptions.stream().filter(each -> !each.path("trial_start").isNull()).toList();
    assertThat(tried).as("trials of %s", founded).hasSizeLessThan(2);
    assertThat(of(TrialStarted.class))
        .as("trials of %s", founded)
        .hasSizeLessThanOrEqualTo(tried.size());
    assertOnce(TrialEndNear.class, TrialEndNear::daysBefore);
    // Whoever knew of the trial from its start on was told twice before its end.
    of(TrialStarted.class).stream()
        .filter(started -> hasReachedItsEnd(started, tried))
        .forEach(started ->
            assertThat(of(TrialEndNear.class).stream().map(TrialEndNear::daysBefore))
                .as("notices of the end of the trial of %s", founded)
                .containsExactlyInAnyOrder(3, 1));
    long paid =
        tried.stream()
            .flatMap(trial -> firstPaid(trial).stream())
            .filter(first -> first.path("billing_reason").asString().equals("subscription_cycle"))
            .count();
    assertThat(of(TrialPaid.class)).as("first months of %s", founded).hasSize((int) paid);
  }

  private static boolean hasReachedItsEnd(TrialStarted started, List<JsonNode> tried) {
    Instant end = started.trialEndsAt();
    boolean wasKnownEarly = started.startedAt().isBefore(end.minus(Duration.ofDays(5)));
    return wasKnownEarly
        && tried.stream()
            .anyMatch(trial ->
                // Another plan ends it before its time, and so does who cancels it at once.
                trial.path("trial_end").asLong() == end.getEpochSecond()
                    && (trial.path("ended_at").isNull()
                        ? !trial.path("status").asString().equals("trialing")
                        : trial.path("ended_at").asLong() >= end.getEpochSecond()));
  }

  private List<JsonNode> firstPaid(JsonNode subscription) {
    return invoicesOf(subscription)
        .filter(PlanBooks::isPaid)
        .min(Comparator.comparing(each -> each.at("/status_transitions/paid_at").asLong()))
        .stream()
        .toList();
  }

  private Stream<JsonNode> invoicesOf(JsonNode subscription) {
    return invoices.stream()
        .filter(invoice ->
            PlanBooks.subscriptionOf(invoice).equals(subscription.path("id").asString()));
  }

  /** A purchase that was never paid was no plan. */
  private void eachEndIsToldOnce() {
    long over =
        subscriptions.stream()
            .filter(ToldOfPlan::isOver)
            .filter(each ->
                !each.path("trial_start").isNull() || invoicesOf(each).anyMatch(PlanBooks::isPaid))
            .count();
    assertThat(ends()).as("ends of %s", founded).isEqualTo((int) over);
  }

  private int ends() {
    return of(TrialEnded.class).size() + of(PlanLost.class).size() + of(PlanEnded.class).size();
  }

  private void eachFailureIsToldOnce() {
    assertOnce(GraceStarted.class, GraceStarted::graceEndsAt);
    assertOnce(RenewalFailed.class, RenewalFailed::nextAttemptAt);
    assertOnce(RenewalRecovered.class, RenewalRecovered::recoveredAt);
    boolean isInGrace = play.hasStatus(founded, "grace");
    long givenUp =
        invoices.stream()
            .filter(each -> !each.path("status").asString().equals("paid"))
            .filter(each -> each.path("attempt_count").asInt() > 0)
            .count();
    int recovered = of(RenewalRecovered.class).size();
    assertThat((long) of(GraceStarted.class).size())
        .as("graces of %s", founded)
        .isLessThanOrEqualTo(recovered + of(TrialPaid.class).size() + givenUp)
        .isGreaterThanOrEqualTo(isInGrace ? 1 : 0);
    long paidLate =
        invoices.stream()
            .filter(each -> each.path("status").asString().equals("paid"))
            .filter(each ->
                transition(each, "paid_at") > transition(each, "finalized_at") + AT_ONCE_SECONDS)
            .count();
    assertThat((long) recovered)
        .as("recoveries of %s", founded)
        .isLessThanOrEqualTo(paidLate + givenUp);
    int attempts = invoices.stream().mapToInt(each -> each.path("attempt_count").asInt()).sum();
    // A card in place of another one that is declined for good begins a grace without an attempt.
    assertThat(of(RenewalFailed.class).size() + of(GraceStarted.class).size())
        .as("failed attempts of %s", founded)
        .isLessThanOrEqualTo(attempts + of(ReplacementCardDeclined.class).size());
    assertOnce(
        ReplacementCardDeclined.class, card -> card.paymentMethodId() + " " + card.declinedAt());
  }

  /** Who is in arrears was told of that month, and who is not any more of that. */
  private void arrearsAreTold() {
    subscriptions.stream()
        .filter(each -> !isOver(each))
        .flatMap(this::latestMonth)
        .filter(month -> month.path("attempt_count").asInt() > 0)
        .forEach(month -> {
          if (month.path("status").asString().equals("open")) {
            assertThat(toldOfFailureSince(transition(month, "finalized_at")))
                .as("%s was told that %s is not paid", founded, month.path("id"))
                .isTrue();
          } else if (PlanBooks.isPaid(month)) {
            assertThat(isInGraceAsTold())
                .as("%s was told that %s is paid", founded, month.path("id"))
                .isFalse();
          }
        });
  }

  private Stream<JsonNode> latestMonth(JsonNode subscription) {
    return invoicesOf(subscription)
        .filter(invoice -> invoice.path("billing_reason").asString().equals("subscription_cycle"))
        .max(Comparator.comparing(each -> each.at("/lines/data/0/period/start").asLong()))
        .stream();
  }

  private boolean toldOfFailureSince(long finalizedAt) {
    Instant since = Instant.ofEpochSecond(finalizedAt).minus(SKEW);
    boolean isInGrace = isInGraceAsTold();
    return isInGrace
        || of(RenewalFailed.class).stream().anyMatch(failed -> failed.failedAt().isAfter(since))
        || of(ReplacementCardDeclined.class).stream()
            .anyMatch(declined -> declined.declinedAt().isAfter(since));
  }

  private boolean isInGraceAsTold() {
    boolean isInGrace = false;
    for (SubscriptionEvent event : told) {
      isInGrace =
          switch (event) {
            case GraceStarted _ -> true;
            case RenewalRecovered _, TrialPaid _, PlanLost _, PlanEnded _, TrialEnded _ -> false;
            default -> isInGrace;
          };
    }
    return isInGrace;
  }

  /** What is open of a month while a later one is paid is nobody's unless somebody was told. */
  private void noMonthIsLeftOpenSilently() {
    assertOnce(EarlierMonthLeftOpen.class, left -> left.monthStartedAt() + " " + left.leftOpenAt());
    List<Instant> paid = months(PlanBooks::isPaid);
    List<Instant> open = months(invoice -> stripe.isGivenUp(invoice, play.stripe));
    List<Instant> told =
        of(EarlierMonthLeftOpen.class).stream().map(EarlierMonthLeftOpen::monthStartedAt).toList();
    assertThat(open)
        .as("months of %s that are open while a later one is paid", founded)
        .allMatch(month ->
            told.contains(month)
                || paid.stream().noneMatch(month::isBefore)
                || !of(ReplacementCardDeclined.class).isEmpty());
  }

  /** When the months begin of such invoices of the subscription that goes on. */
  private List<Instant> months(Predicate<JsonNode> isSuch) {
    return subscriptions.stream()
        .filter(each -> !isOver(each))
        .flatMap(this::invoicesOf)
        .filter(invoice -> invoice.path("billing_reason").asString().equals("subscription_cycle"))
        .filter(isSuch)
        .map(invoice -> Instant.ofEpochSecond(invoice.at("/lines/data/0/period/start").asLong()))
        .toList();
  }

  private static long transition(JsonNode invoice, String moment) {
    return invoice.path("status_transitions").path(moment).asLong();
  }

  private void eachChangeIsToldOnce() {
    assertThat((long) of(PlanChangeFailed.class).size())
        .as("changes that failed, of %s", founded)
        .isEqualTo(play.rows().changes(founded, "status IN ('failed', 'expired')"));
    long calledOff = play.rows().changes(founded, "status = 'called-off'");
    // What is over with its plan is told by the end of that.
    assertThat((long) of(PlanChangeCalledOff.class).size())
        .as("changes that were called off, of %s", founded)
        .isBetween(Math.max(0, calledOff - ends()), calledOff);
    assertThat((long) of(PlanChangeScheduled.class).size())
        .as("changes that were scheduled, of %s", founded)
        .isBetween(
            play.rows().changes(founded, "status = 'scheduled'"),
            play.rows().changes(founded, "kind = 'downgrade'"));
    assertOnce(PlanChangeScheduled.class, PlanChangeScheduled::scheduledAt);
    assertOnce(PlanChangeNeedsAuthentication.class, PlanChangeNeedsAuthentication::requestedAt);
  }

  private void cardsAreToldOnce() {
    assertOnce(
        CardExpiryNear.class,
        near -> near.paymentMethodId() + " " + near.expiresAt() + " " + near.daysBefore());
    assertOnce(DefaultCardReplaced.class, card -> card.paymentMethodId() + " " + card.replacedAt());
    assertOnce(PaymentMethodMissing.class, PaymentMethodMissing::missingSince);
  }

  private <E extends SubscriptionEvent> void assertOnce(Class<E> type, Function<E, Object> step) {
    assertThat(of(type).stream().map(step))
        .as("%s of %s", type.getSimpleName(), founded)
        .doesNotHaveDuplicates();
  }

  private <E extends SubscriptionEvent> List<E> of(Class<E> type) {
    return told.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
