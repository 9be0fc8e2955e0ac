package io.cpdevents.e2e.money;

import io.cpdevents.driver.NotAsExpected;
import io.cpdevents.driver.http.Answer;
import java.util.Set;

/** What may come of a request in a scenario, which knows little about what is possible. */
final class Decisions {

  /** Stripe's word for "impossible", a declined card, a rule of ours, an amount that cannot be. */
  private static final Set<Integer> REFUSALS = Set.of(400, 402, 409, 422);

  private Decisions() {}

  /** Goes on when it was done, or refused for a reason. */
  static Answer expect(Answer answer) {
    if (answer.isSuccess() || REFUSALS.contains(answer.status())) {
      return answer;
    }
    throw new NotAsExpected(
        "%s was answered with %d: %s".formatted(answer.question(), answer.status(), answer.body()));
  }
}
