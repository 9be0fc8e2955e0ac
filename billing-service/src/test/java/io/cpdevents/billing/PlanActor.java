package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.sandbox.StripeSandbox;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An organization of the simulation: what its people, its banks and Stripe's people do. */
final class PlanActor {

  private static final List<String> CARDS =
      List.of("4242424242424242", "5555555555554444", "4000000000000341");
  private static final List<String> DECLINES =
      List.of("insufficient_funds", "generic_decline", "lost_card", "none");

  /** What an organization may be answered: another state, Stripe away, or a process that died. */
  private static final Set<Integer> ANSWERS = Set.of(200, 201, 204, 404, 409, 500, 503);

  /** How many of a thousand days something happens on. */
  private record Habit(int perThousandDays, String name, Runnable act) {}

  private final int number;
  private final PlanJourney.Founded founded;
  private final PlanSimulationIT play;
  private final Random chance;
  private final List<Habit> habits;

  PlanActor(int number, PlanJourney.Founded founded, PlanSimulationIT play, Random chance) {
    this.number = number;
    this.founded = founded;
    this.play = play;
    this.chance = chance;
    this.habits =
        List.of(
            new Habit(60, "tries a plan", () -> answered(play.startTrial(founded))),
            new Habit(25, "saves a card", this::savesCard),
            new Habit(10, "chooses a card", this::choosesCard),
            new Habit(5, "removes a card", this::removesCard),
            new Habit(4, "cancels", () -> renews("cancel")),
            new Habit(8, "resumes", () -> renews("resume")),
            new Habit(12, "the bank decides otherwise", this::bankDecides),
            new Habit(10, "the bank says when a card ends", this::cardIsRenewed),
            new Habit(2, "a card is detached in the dashboard", this::isDetached),
            new Habit(2, "a card is chosen in the dashboard", this::isChosen),
            new Habit(2, "a month is given back in part", this::isRefunded),
            new Habit(1, "the subscription is cancelled in the dashboard", this::isCancelled));
  }

  PlanJourney.Founded founded() {
    return founded;
  }

  /** A day of its life. */
  void lives() {
    for (Habit habit : habits) {
      if (chance.nextInt(1_000) < habit.perThousandDays()) {
        play.tell("%d (%s) %s".formatted(number, founded.id(), habit.name()));
        habit.act().run();
      }
    }
  }

  private static void answered(Answer answer) {
    assertThat(answer.status()).as("%s", answer.body()).isIn(ANSWERS);
  }

  private void savesCard() {
    String number = CARDS.get(chance.nextInt(CARDS.size()));
    Answer page =
        play.post(
            founded.path() + "/payment-methods/setup",
            founded.bearer(),
            "{\"returnUrl\": \"http://localhost:8080/plan\"}");
    answered(page);
    if (page.status() == 201) {
      play.stripe.saveCard(play.stripe.sessionOf(page.body().path("url").asString()), number);
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
      int months = chance.nextInt(4) == 0 ? 36 : chance.nextInt(3);
      YearMonth last = YearMonth.from(play.clock.instant().atZone(ZoneOffset.UTC));
      last = last.plusMonths(months);
      play.stripe.renewCard(card, last.getMonthValue(), last.getYear(), "0005");
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

  private void isRefunded() {
    JsonNode charge = any(charges());
    if (charge != null
        && charge.path("paid").asBoolean()
        && charge.path("amount").asLong() - charge.path("amount_refunded").asLong() > 1_000) {
      dashboard().refundInDashboard(charge.path("payment_intent").asString(), 1_000);
    }
  }

  private void isCancelled() {
    if (isCustomer()) {
      play.stripe
          .show("subscriptions?customer=" + play.customer(founded))
          .path("data")
          .forEach(live -> dashboard().cancelInDashboard(live.path("id").asString()));
    }
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
    JsonNode card = any(cards.body().path("data"));
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
                .path("data"));
    return card == null ? "" : card.path("id").asString();
  }

  private JsonNode charges() {
    return isCustomer()
        ? play.stripe.show("charges?limit=100&customer=" + play.customer(founded)).path("data")
        : play.stripe.show("charges?limit=1&customer=cus_nobody").path("data");
  }

  private boolean isCustomer() {
    return play.isCustomer(founded);
  }

  private @Nullable JsonNode any(JsonNode list) {
    return list.isEmpty() ? null : list.get(chance.nextInt(list.size()));
  }
}
