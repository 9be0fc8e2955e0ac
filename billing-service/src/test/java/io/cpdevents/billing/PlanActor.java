package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.sandbox.StripeSandbox;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An organization of the simulation: what its people, its banks and Stripe's people do. */
final class PlanActor {

  /** The one that declines, and two that want each payment authenticated, are among them. */
  private static final List<String> CARDS =
      List.of(
          "4242424242424242",
          "4242424242424242",
          "5555555555554444",
          "5555555555554444",
          "4000000000000341",
          "4000000000003220",
          "4000002760003184");

  private static final List<String> DECLINES =
      List.of(
          "insufficient_funds",
          "generic_decline",
          "lost_card",
          "transaction_not_allowed",
          "none",
          "none",
          "none",
          "none");

  private static final Set<String> TO_AUTHENTICATE = Set.of("4000000000003220", "4000002760003184");
  private static final List<String> PLANS =
      List.of("starter", "professional", "starter", "professional", "free");

  /**
   * What an organization may be answered: a decline, another state, Stripe away, or a process that
   * died.
   */
  private static final Set<Integer> ANSWERS = Set.of(200, 201, 204, 402, 404, 409, 422, 500, 503);

  private static final int PROCESS_DIED = 500;

  /** One organization in so many buys a plan without having tried one. */
  private static final int NEVER_TRIES = 3;

  /** One change in so many is called off on the same day. */
  private static final int CHANGES_ITS_MIND = 4;

  private static final long PART_OF_A_MONTH_MINOR = 1_000;

  /** How many of a thousand days something happens on. */
  private record Habit(int perThousandDays, String name, Runnable act) {}

  private final int number;
  private final PlanJourney.Founded founded;
  private final PlanSimulationIT play;
  private final Random chance;
  private final List<Habit> habits;

  /** What happens later on the day. */
  private final List<Runnable> evening = new ArrayList<>();

  private final List<String> disputes = new ArrayList<>();
  private int deathsBefore;

  PlanActor(int number, PlanJourney.Founded founded, PlanSimulationIT play, Random chance) {
    this.number = number;
    this.founded = founded;
    this.play = play;
    this.chance = chance;
    this.habits =
        Stream.of(ofItsPeople(), ofItsBanks(), ofDashboard()).flatMap(List::stream).toList();
  }

  private List<Habit> ofItsPeople() {
    int tries = number % NEVER_TRIES == 0 ? 0 : 60;
    return List.of(
        new Habit(tries, "tries a plan", () -> answered(play.startTrial(founded))),
        new Habit(30, "saves a card", this::savesCard),
        new Habit(10, "chooses a card", this::choosesCard),
        new Habit(5, "removes a card", this::removesCard),
        new Habit(45, "wants another plan", this::wantsAnotherPlan),
        new Habit(15, "calls the change off", () -> renews("change/cancel")),
        new Habit(8, "cancels", () -> renews("cancel")),
        new Habit(12, "resumes", () -> renews("resume")),
        new Habit(6, "two of its people want something else at once", this::wantsTwoThings),
        new Habit(30, "authenticates what is open", this::authenticatesInvoice));
  }

  private List<Habit> ofItsBanks() {
    return List.of(
        new Habit(12, "the bank decides otherwise", this::bankDecides),
        new Habit(10, "the network says when a card ends", this::cardIsRenewed),
        new Habit(6, "a payment is disputed", this::isDisputed),
        new Habit(60, "the bank decides a dispute", this::isDecided));
  }

  private List<Habit> ofDashboard() {
    return List.of(
        new Habit(2, "a card is detached in the dashboard", this::isDetached),
        new Habit(2, "a card is chosen in the dashboard", this::isChosen),
        new Habit(2, "a payment is given back in the dashboard", this::isRefunded),
        new Habit(4, "an open invoice is voided in the dashboard", this::isVoided),
        new Habit(1, "another plan is set in the dashboard", this::isGivenAnotherPlan),
        new Habit(2, "a schedule is released in the dashboard", this::isReleased),
        new Habit(1, "the subscription is cancelled in the dashboard", this::isCancelled));
  }

  PlanJourney.Founded founded() {
    return founded;
  }

  /** A day of its life, until the evening. */
  void lives() {
    deathsBefore = play.deaths();
    for (Habit habit : habits) {
      if (chance.nextInt(1_000) < habit.perThousandDays()) {
        tell(habit.name());
        habit.act().run();
      }
    }
  }

  /** Whether something is left to do today. */
  boolean isAwake() {
    return !evening.isEmpty();
  }

  /** The evening of the day. */
  void goesToBed() {
    List.copyOf(evening).forEach(Runnable::run);
    evening.clear();
  }

  /** Nobody wants anything of it any more: what it pays for is over. */
  void retires() {
    tell("retires");
    liveAtStripe().forEach(live -> dashboard().cancelInDashboard(live.path("id").asString()));
  }

  private void tell(String what) {
    play.tell("%d (%s) %s".formatted(number, founded.id(), what));
  }

  private void answered(Answer answer) {
    assertThat(answer.status()).as("%s", answer.body()).isIn(ANSWERS);
    if (answer.status() == PROCESS_DIED) {
      assertThat(play.deaths())
          .as("processes that have died today, for %s", answer.body())
          .isGreaterThan(deathsBefore);
    }
  }

  private void savesCard() {
    String card = CARDS.get(chance.nextInt(CARDS.size()));
    Answer page =
        play.post(
            founded.path() + "/payment-methods/setup",
            founded.bearer(),
            "{\"returnUrl\": \"http://localhost:8080/plan\"}");
    answered(page);
    if (page.status() == 201) {
      if (TO_AUTHENTICATE.contains(card)) {
        play.hasCardToAuthenticate(founded);
      }
      play.stripe.saveCard(play.stripe.sessionOf(page.body().path("url").asString()), card);
    }
  }

  private void choosesCard() {
    String card = anyCard();
    if (!card.isEmpty()) {
      answered(
          play.api
              .as(founded.bearer())
              .put(founded.path() + "/payment-methods/" + card + "/default", ""));
    }
  }

  private void removesCard() {
    String card = anyCard();
    if (!card.isEmpty()) {
      answered(play.api.as(founded.bearer()).delete(founded.path() + "/payment-methods/" + card));
    }
  }

  private void renews(String change) {
    answered(play.post(founded.path() + "/subscription/" + change, founded.bearer(), ""));
    // Whatever has not been answered is asked for again, under the same key.
    evening.add(() -> {});
  }

  private void wantsAnotherPlan() {
    String present = play.subscription(founded).path("planId").asString();
    List<String> others = PLANS.stream().filter(plan -> !plan.equals(present)).toList();
    String planId = others.get(chance.nextInt(others.size()));
    String wish = "\"planId\": \"%s\"".formatted(planId);
    if (chance.nextBoolean()) {
      Answer preview = ask("change-preview", wish);
      wish =
          preview.status() == 200
              ? wish + ", \"previewId\": \"%s\"".formatted(preview.body().path("id").asString())
              : wish;
    }
    Answer answer = ask("change", wish);
    tell("%s: %d %s".formatted(planId, answer.status(), answer.body().path("code").asString("")));
    evening.add(
        chance.nextInt(CHANGES_ITS_MIND) == 0
            ? () -> renews("change/cancel")
            : whatIsToDo(answer.body().path("code").asString("")));
  }

  private Runnable whatIsToDo(String code) {
    return switch (code) {
      case "authentication-required" -> this::authenticatesInvoice;
      case "payment-method-required", "payment-failed" -> this::savesCard;
      default -> () -> {};
    };
  }

  private void wantsTwoThings() {
    String path = founded.path() + "/subscription/";
    String wish = "{\"planId\": \"%s\"}".formatted(PLANS.get(chance.nextInt(PLANS.size())));
    String other = chance.nextBoolean() ? "cancel" : "change/cancel";
    AtOnce.<Answer>all(
            List.of(
                () -> play.post(path + "change", founded.bearer(), wish),
                () -> play.post(path + other, founded.bearer(), "")))
        .forEach(this::answered);
    evening.add(() -> {});
  }

  private Answer ask(String what, String wish) {
    Answer answer =
        play.post(founded.path() + "/subscription/" + what, founded.bearer(), "{" + wish + "}");
    answered(answer);
    return answer;
  }

  /** What the bank wants authenticated is, or it is not, or nobody does anything. */
  private void authenticatesInvoice() {
    for (JsonNode invoice : openInvoices()) {
      String intent =
          play.stripe
              .show("invoice_payments?invoice=" + invoice.path("id").asString())
              .at("/data/0/payment/payment_intent")
              .asString("");
      int decision = chance.nextInt(4);
      if (intent.isEmpty() || !isAsked(play.stripe.show("payment_intents/" + intent))) {
        continue;
      }
      if (decision < 2) {
        boolean isPaid = dashboard().tryToAuthenticate(intent);
        tell("authenticates %s, which is paid: %s".formatted(intent, isPaid));
      } else if (decision == 2) {
        tell("fails to authenticate " + intent);
        dashboard().failToAuthenticate(intent);
      }
    }
  }

  /** Whether the bank waits for whoever has the card, which is still saved. */
  private boolean isAsked(JsonNode intent) {
    return intent.path("status").asString().equals("requires_action")
        && !play.stripe
            .show("payment_methods/" + intent.path("payment_method").asString())
            .path("customer")
            .isNull();
  }

  private void bankDecides() {
    String card = anyCardAtStripe();
    if (!card.isEmpty()) {
      play.stripe.decline(card, DECLINES.get(chance.nextInt(DECLINES.size())));
    }
  }

  private void cardIsRenewed() {
    String card = anyCardAtStripe();
    if (!card.isEmpty()) {
      int months = chance.nextInt(2) == 0 ? 36 : chance.nextInt(3);
      YearMonth last = YearMonth.from(play.clock.instant().atZone(ZoneOffset.UTC));
      last = last.plusMonths(months);
      play.stripe.renewCard(card, last.getMonthValue(), last.getYear(), "0005");
    }
  }

  private void isDisputed() {
    JsonNode charge = any(paidCharges());
    if (charge != null) {
      boolean isInquiry = chance.nextInt(3) == 0;
      disputes.add(
          play.stripe.dispute(
              charge.path("payment_intent").asString(), Map.of("inquiry", isInquiry)));
    }
  }

  private void isDecided() {
    if (disputes.isEmpty()) {
      return;
    }
    String dispute = disputes.removeFirst();
    String status = play.stripe.show("disputes/" + dispute).path("status").asString();
    boolean isOpen = status.equals("needs_response") || status.equals("warning_needs_response");
    if (isOpen && (chance.nextBoolean() || status.startsWith("warning"))) {
      play.stripe.winDispute(dispute);
    } else if (isOpen) {
      play.stripe.loseDispute(dispute);
    }
  }

  private void isDetached() {
    String card = anyCardAtStripe();
    if (!card.isEmpty()) {
      dashboard().detachInDashboard(card);
    }
  }

  private void isChosen() {
    String card = anyCardAtStripe();
    if (!card.isEmpty()) {
      dashboard().setDefaultInDashboard(play.customer(founded), card);
    }
  }

  /** A part of a payment, or all of it. */
  private void isRefunded() {
    JsonNode charge = any(paidCharges());
    if (charge != null) {
      long left = charge.path("amount").asLong() - charge.path("amount_refunded").asLong();
      long amount = chance.nextBoolean() ? left : Math.min(left, PART_OF_A_MONTH_MINOR);
      dashboard().refundInDashboard(charge.path("payment_intent").asString(), amount);
    }
  }

  /** Of a purchase whose first payment is open Stripe says itself what becomes. */
  private void isVoided() {
    for (JsonNode invoice : openInvoices()) {
      if (!invoice.path("billing_reason").asString().equals("subscription_create")) {
        dashboard().voidInDashboard(invoice.path("id").asString());
      }
    }
  }

  private void isGivenAnotherPlan() {
    for (JsonNode live : liveAtStripe()) {
      JsonNode item = live.at("/items/data/0");
      String price = play.price(chance.nextBoolean() ? "starter" : "professional");
      if (live.path("status").asString().equals("active")
          && live.path("schedule").isNull()
          && live.path("pending_update").isNull()
          && !item.at("/price/id").asString().equals(price)) {
        dashboard()
            .setPriceInDashboard(live.path("id").asString(), item.path("id").asString(), price);
      }
    }
  }

  private void isReleased() {
    for (JsonNode live : liveAtStripe()) {
      if (!live.path("schedule").isNull()) {
        dashboard().releaseScheduleInDashboard(live.path("schedule").asString());
      }
    }
  }

  private void isCancelled() {
    liveAtStripe().forEach(live -> dashboard().cancelInDashboard(live.path("id").asString()));
  }

  /** Faults are for the platform: of what is done in Stripe's dashboard no answer is lost. */
  private StripeSandbox dashboard() {
    play.stripe.loseAnswers("POST", "/v1/nothing", 1);
    return play.stripe;
  }

  /** Stripe's id of one of its cards, as it sees them; empty when it has none. */
  private String anyCard() {
    Answer cards = play.get(founded.path() + "/payment-methods", founded.bearer());
    answered(cards);
    JsonNode card = any(cards.body().path("data").valueStream().toList());
    return card == null ? "" : card.path("id").asString();
  }

  /** The same as Stripe has them. */
  private String anyCardAtStripe() {
    if (!isCustomer()) {
      return "";
    }
    JsonNode card =
        any(
            play.stripe
                .show("customers/" + play.customer(founded) + "/payment_methods?type=card")
                .path("data")
                .valueStream()
                .toList());
    return card == null ? "" : card.path("id").asString();
  }

  /** What is neither disputed nor given back. */
  private List<JsonNode> paidCharges() {
    return ofCustomer("charges?").stream()
        .filter(charge ->
            charge.path("paid").asBoolean()
                && !charge.path("disputed").asBoolean()
                && !charge.path("refunded").asBoolean())
        .toList();
  }

  private List<JsonNode> openInvoices() {
    return ofCustomer("invoices?status=open&");
  }

  private List<JsonNode> liveAtStripe() {
    return ofCustomer("subscriptions?").stream()
        .filter(found -> !found.path("status").asString().startsWith("incomplete"))
        .toList();
  }

  private List<JsonNode> ofCustomer(String list) {
    return isCustomer() ? play.stripe.list(list + "customer=" + play.customer(founded)) : List.of();
  }

  private boolean isCustomer() {
    return play.isCustomer(founded);
  }

  private @Nullable JsonNode any(List<JsonNode> list) {
    return list.isEmpty() ? null : list.get(chance.nextInt(list.size()));
  }
}
