package io.cpdevents.e2e.money;

import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.http.Answer;
import java.util.Optional;

/** Somebody takes places. */
record Books() implements Step {

  private static final int MAX_TICKETS = 3;
  private static final int ONE_WITH_CODE_IN = 4;

  @Override
  public Optional<Act> choose(Scenario scenario) {
    Person buyer = scenario.anyBuyer();
    PublishedEvent event = scenario.anyEvent();
    int tickets = 1 + scenario.random().nextInt(MAX_TICKETS);
    boolean withCode = scenario.random().nextInt(ONE_WITH_CODE_IN) == 0;
    return Optional.of(
        new Act(
            "%d tickets are booked%s".formatted(tickets, withCode ? " with a promo code" : ""),
            () -> {
              Answer answer =
                  Decisions.expect(
                      withCode
                          ? buyer.triesToRegisterFor(event, tickets, Scenario.PROMO_CODE)
                          : buyer.triesToRegisterFor(event, tickets));
              if (answer.isSuccess()) {
                scenario.add(buyer.registration(answer));
              }
            }));
  }
}
