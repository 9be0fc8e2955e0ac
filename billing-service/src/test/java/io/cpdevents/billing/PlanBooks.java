package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.billing.EntitlementsEvent.EntitlementsChanged;
import io.cpdevents.contracts.billing.SubscriptionEvent;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanLost;
import io.cpdevents.contracts.billing.SubscriptionEvent.RenewalRecovered;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertionsProvider.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What must be true of the plan of an organization of the simulation when nothing is under way.
 * What people are told of it is in {@link ToldOfPlan}.
 */
final class PlanBooks implements ThrowingRunnable {

  private static final String FREE = "free";

  /** The clock of the test is ahead of Stripe's, or behind it, while a day passes. */
  private static final Duration SKEW = Duration.ofDays(2);

  private static final Duration WEEK = Duration.ofDays(7);

  private static final Set<String> LIVE = Set.of("trialing", "active", "past_due");
  private static final Set<String> MONTHS = Set.of("subscription_create", "subscription_cycle");

  private final PlanSimulationIT play;
  private final PlanJourney.Founded founded;
  private final List<EntitlementsChanged> entitlements;
  private final List<SubscriptionEvent> told;
  private final StripeBooks stripe;
  private final String customer;
  private final List<JsonNode> subscriptions;
  private final List<JsonNode> invoices;

  PlanBooks(
      PlanSimulationIT play,
      PlanJourney.Founded founded,
      StripeBooks stripe,
      List<EntitlementsChanged> entitlements,
      List<SubscriptionEvent> told) {
    this.play = play;
    this.told = told;
    this.founded = founded;
    this.stripe = stripe;
    this.entitlements = entitlements;
    this.customer = play.isCustomer(founded) ? play.customer(founded) : "";
    this.subscriptions = stripe.subscriptions().getOrDefault(customer, List.of());
    this.invoices = stripe.invoices().getOrDefault(customer, List.of());
  }

  @Override
  public void run() {
    eachMonthIsPaidOnceAtMost();
    invoicesAreAsStripeHasThem();
    it_has_what_stripe_says();
    entitlementsHaveNoGap();
    nothingIsLeftHalfDone();
    nothingIsOpenOfWhatIsOver();
  }

  private void eachMonthIsPaidOnceAtMost() {
    List<JsonNode> paid = invoices.stream().filter(PlanBooks::isPaid).toList();
    assertThat(paid.stream().filter(PlanBooks::isOfMonth).map(PlanBooks::month))
        .as("months that are paid, of %s", founded)
        .doesNotHaveDuplicates();
    noTimeIsPaidTwice(paid);
    noLargerPlanIsHadForLessThanAWeek(paid);
    for (JsonNode invoice : paid) {
      assertThat(stripe.payments().getOrDefault(invoice.path("id").asString(), List.of()))
          .as("payments of %s", invoice.path("id"))
          .hasSize(invoice.path("amount_due").asLong() > 0 ? 1 : 0);
    }
    assertThat(charged())
        .as("charged to %s", founded)
        .isEqualTo(paid.stream().mapToLong(each -> each.path("amount_due").asLong()).sum());
    assertThat(
            paid.stream()
                .filter(
                    each -> each.path("billing_reason").asString().equals("subscription_update"))
                .count())
        .as("changes that were paid, of %s", founded)
        .isLessThanOrEqualTo(
            play.rows().changes(founded, "kind = 'upgrade' AND status = 'applied'"));
  }

  /** Also when two subscriptions have begun where one was wanted. */
  private void noTimeIsPaidTwice(List<JsonNode> paid) {
    long paidUntil = 0;
    List<JsonNode> months =
        paid.stream()
            .filter(PlanBooks::isOfMonth)
            .sorted(Comparator.comparingLong(PlanBooks::begin))
            .toList();
    for (JsonNode month : months) {
      assertThat(begin(month))
          .as("begin of a month of %s, of which all that are paid are %s", founded, months)
          .isGreaterThanOrEqualTo(paidUntil);
      long end = month.at("/lines/data/0/period/end").asLong();
      paidUntil = Math.min(end, endOf(subscriptionOf(month)));
    }
  }

  private void noLargerPlanIsHadForLessThanAWeek(List<JsonNode> paid) {
    assertThat(
            paid.stream()
                .filter(
                    each -> each.path("billing_reason").asString().equals("subscription_update"))
                .flatMap(each -> each.at("/lines/data").valueStream())
                .filter(line -> line.path("amount").asLong() > 0)
                .filter(line ->
                    line.at("/period/end").asLong() - line.at("/period/start").asLong()
                        < WEEK.toSeconds()))
        .as("times for which %s has paid another plan", founded)
        .isEmpty();
  }

  private static long begin(JsonNode invoice) {
    return invoice.at("/lines/data/0/period/start").asLong();
  }

  /** When a subscription was over; later than all others while it goes on. */
  private long endOf(String subscription) {
    return subscriptions.stream()
        .filter(each -> each.path("id").asString().equals(subscription))
        .map(each -> each.path("ended_at"))
        .filter(JsonNode::isNumber)
        .findFirst()
        .map(JsonNode::asLong)
        .orElse(Long.MAX_VALUE);
  }

  private long charged() {
    return stripe.charges().getOrDefault(customer, List.of()).stream()
        .filter(charge -> charge.path("paid").asBoolean())
        .mapToLong(charge -> charge.path("amount").asLong())
        .sum();
  }

  /** By our rows as by Stripe's objects. */
  private void invoicesAreAsStripeHasThem() {
    Map<String, String> atStripe =
        invoices.stream()
            .filter(invoice -> !invoice.path("status").asString().equals("draft"))
            .collect(
                Collectors.toMap(
                    invoice -> invoice.path("id").asString(),
                    invoice ->
                        "%s %d of %d"
                            .formatted(
                                invoice.path("status").asString(),
                                invoice.path("amount_paid").asLong(),
                                invoice.path("total").asLong())));
    assertThat(play.rows().invoices(founded))
        .as("invoices of %s", founded)
        .containsExactlyInAnyOrderEntriesOf(atStripe);
    assertThat(play.rows().paidMonths(founded))
        .as("rows of months that are paid, of %s", founded)
        .doesNotHaveDuplicates();
  }

  private void it_has_what_stripe_says() {
    JsonNode live = live();
    JsonNode shown = play.subscription(founded);
    String status = live == null ? FREE : status(live, shown);
    assertThat(shown.path("status").asString()).as("status of %s", founded).isEqualTo(status);
    String plan = live == null ? FREE : plan(live, status);
    assertThat(shown.path("planId").asString()).as("plan of %s", founded).isEqualTo(plan);
    assertThat(shown.path("cancelAtPeriodEnd").asBoolean())
        .as("end of %s", founded)
        .isEqualTo(live != null && live.path("cancel_at_period_end").asBoolean());
    assertThat(shown.at("/scheduledChange/planId").asString(""))
        .as("what is to come of %s", founded)
        .isEqualTo(live == null ? "" : next(live));
    assertThat(shown.path("authenticationUrl").asString(""))
        .as("page on which %s authenticates a month", founded)
        .isEqualTo(live == null ? "" : pageOfBank(live));
    assertThat(shown.path("pendingChange").isNull()).as("change of %s", founded).isTrue();
    assertThat(entitlements.getLast().planId()).as("entitlements of %s", founded).isEqualTo(plan);
    Instant grace = entitlements.getLast().graceEndsAt();
    assertThat(grace == null ? "" : grace.toString())
        .as("grace of %s", founded)
        .isEqualTo(shown.path("graceEndsAt").asString(""));
  }

  /** Of the latest month that a bank wants authenticated; empty when there is none. */
  private String pageOfBank(JsonNode live) {
    return of(live)
        .filter(invoice -> invoice.path("billing_reason").asString().equals("subscription_cycle"))
        .sorted(Comparator.comparingLong(PlanBooks::begin).reversed())
        .map(invoice -> stripe.authenticationUrl(invoice, play.stripe))
        .filter(url -> !url.isEmpty())
        .findFirst()
        .orElse("");
  }

  private @Nullable JsonNode live() {
    List<JsonNode> live =
        subscriptions.stream()
            .filter(subscription -> LIVE.contains(subscription.path("status").asString()))
            .toList();
    assertThat(live).as("live subscriptions of %s", founded).hasSizeLessThan(2);
    return live.isEmpty() ? null : live.getFirst();
  }

  private String status(JsonNode live, JsonNode shown) {
    String status = live.path("status").asString().replace('_', '-');
    if (!status.equals("past-due")) {
      return status;
    }
    boolean isGivenUp =
        of(live)
            .filter(invoice -> stripe.isGivenUp(invoice, play.stripe))
            // What may yet be planned has none planned; a decline for good is no matter of doubt.
            .anyMatch(invoice -> !invoice.path("next_payment_attempt").isNull() || !isDoubted());
    return isGivenUp || staysInGrace(shown) ? "grace" : status;
  }

  /** That Stripe plans no other attempt was heard of a moment ago, and is asked once more. */
  private boolean isDoubted() {
    return play.rows()
            .count(
                founded,
                """
                SELECT count(*) FROM invoice
                WHERE organization_id = :id AND status = 'open'
                      AND doubted_since > CAST(:now AS timestamptz) - interval '8 hours'
                """)
        > 0;
  }

  /** Another card, which is tried again, does not end the grace that one for good has begun. */
  private boolean staysInGrace(JsonNode shown) {
    return shown.path("status").asString().equals("grace")
        && (stripe.wasDeclinedForGood(customer) || play.hasHadCardToAuthenticate(founded));
  }

  /**
   * What was never paid is Free while it is in arrears, and so is what was not renewed since a plan
   * was lost.
   */
  private String plan(JsonNode live, String status) {
    boolean isInArrears = status.equals("past-due") || status.equals("grace");
    PlanLost lost = lastLoss();
    if (isInArrears && lost != null && isRenewedSince(lost)) {
      // An earlier month that is paid while a later one is not leaves what was decided before.
      String shown = play.subscription(founded).path("planId").asString();
      assertThat(shown)
          .as("plan of %s, which has lost one before", founded)
          .isIn(FREE, play.planOf(live.at("/items/data/0/price/id").asString()));
      return shown;
    }
    return isInArrears && (of(live).noneMatch(PlanBooks::isPaid) || lost != null)
        ? FREE
        : play.planOf(live.at("/items/data/0/price/id").asString());
  }

  /** The last plan that was had and not paid for, unless one was recovered since. */
  private @Nullable PlanLost lastLoss() {
    PlanLost last = null;
    for (SubscriptionEvent event : told) {
      switch (event) {
        case PlanLost lost when wasEntitled(lost) -> last = lost;
        case RenewalRecovered _ -> last = null;
        default -> {}
      }
    }
    return last;
  }

  /** Who had nothing while a first month was not paid has lost nothing. */
  private boolean wasEntitled(PlanLost lost) {
    return entitlements.stream()
        .filter(each -> each.version() == Objects.requireNonNull(lost.entitlementsVersion()) - 1)
        .noneMatch(each -> each.planId().equals(FREE));
  }

  /** Whether a month beyond the first one was paid of what has begun since. */
  private boolean isRenewedSince(PlanLost lost) {
    long moment = lost.lostAt().minus(SKEW).getEpochSecond();
    return subscriptions.stream()
        .filter(each -> each.path("created").asLong() > moment)
        .flatMap(this::of)
        .filter(invoice -> invoice.path("billing_reason").asString().equals("subscription_cycle"))
        .anyMatch(PlanBooks::isPaid);
  }

  /** The plan that begins with the next month; empty when it is the same. */
  private String next(JsonNode live) {
    if (live.path("cancel_at_period_end").asBoolean()) {
      return FREE;
    }
    String schedule = live.path("schedule").asString("");
    if (schedule.isEmpty()) {
      return "";
    }
    JsonNode phases = play.stripe.show("subscription_schedules/" + schedule).path("phases");
    assertThat(phases.size())
        .as("phases of %s, which nothing follows, of %s", schedule, founded)
        .isGreaterThan(1);
    String present = live.at("/items/data/0/price/id").asString();
    String last = phases.get(phases.size() - 1).at("/items/0/price").asString();
    return last.equals(present) ? "" : play.planOf(last);
  }

  private Stream<JsonNode> of(JsonNode subscription) {
    return invoices.stream()
        .filter(invoice -> subscriptionOf(invoice).equals(subscription.path("id").asString()));
  }

  /** Each is the next one of the one before, and the last one is what is kept. */
  private void entitlementsHaveNoGap() {
    List<Long> versions = entitlements.stream().map(EntitlementsChanged::version).toList();
    assertThat(versions)
        .as("versions of %s", founded)
        .isEqualTo(LongStream.rangeClosed(1, play.rows().version(founded)).boxed().toList());
  }

  private void nothingIsLeftHalfDone() {
    assertThat(
            play.rows()
                .changes(founded, "status NOT IN ('applied', 'failed', 'expired', 'called-off')"))
        .as("changes of %s that are not over", founded)
        .isEqualTo(play.rows().changes(founded, "status = 'scheduled' AND effective_at > :now"));
    assertThat(
            play.rows()
                .count(
                    founded,
                    """
                    SELECT count(*) FROM invoice
                    WHERE organization_id = :id AND (replacement_is_due OR void_at IS NOT NULL)
                    """))
        .as("invoices of %s of which something is to be done", founded)
        .isZero();
    assertThat(
            play.rows()
                .count(
                    founded,
                    """
                    SELECT count(*) FROM subscription
                    WHERE organization_id = :id
                          AND (status = 'trial-requested' OR grace_ends_at < :now
                               OR (status = 'trialing' AND trial_ends_at < :now))
                    """))
        .as("subscription of %s of which something is to be done", founded)
        .isZero();
  }

  private void nothingIsOpenOfWhatIsOver() {
    Set<String> ended =
        subscriptions.stream()
            .filter(subscription -> !LIVE.contains(subscription.path("status").asString()))
            .map(subscription -> subscription.path("id").asString())
            .collect(Collectors.toSet());
    List<String> open =
        invoices.stream()
            .filter(invoice -> invoice.path("status").asString().equals("open"))
            .filter(invoice -> ended.contains(subscriptionOf(invoice)))
            .map(invoice -> "%s of %s".formatted(invoice.path("id").asString(), subscriptions))
            .toList();
    assertThat(open).as("open invoices of what is over of %s", founded).isEmpty();
  }

  static boolean isPaid(JsonNode invoice) {
    return invoice.path("status").asString().equals("paid") && invoice.path("total").asLong() > 0;
  }

  static boolean isOfMonth(JsonNode invoice) {
    return MONTHS.contains(invoice.path("billing_reason").asString());
  }

  static String subscriptionOf(JsonNode invoice) {
    return invoice.at("/parent/subscription_details/subscription").asString("");
  }

  private static String month(JsonNode invoice) {
    Function<String, String> at = path -> invoice.at(path).asString();
    return subscriptionOf(invoice) + " " + at.apply("/lines/data/0/period/start");
  }
}
