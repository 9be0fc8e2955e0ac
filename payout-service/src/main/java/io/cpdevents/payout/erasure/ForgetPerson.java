package io.cpdevents.payout.erasure;

import io.cpdevents.payout.payouts.ForgetHoldReasons;
import io.cpdevents.platform.erasure.ErasedPerson;
import io.cpdevents.platform.erasure.ErasureTasks;
import io.cpdevents.platform.erasure.ForgetsPeople;
import io.cpdevents.platform.erasure.PeopleToErase;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * A person is forgotten: of people this service has the accounts' ids alone, and what somebody has
 * typed about a payout.
 */
@Component
class ForgetPerson implements ForgetsPeople {

  private final PeopleToErase people;
  private final ForgetHoldReasons forgetHoldReasons;
  private final ErasureTasks tasks;

  ForgetPerson(PeopleToErase people, ForgetHoldReasons forgetHoldReasons, ErasureTasks tasks) {
    this.people = people;
    this.forgetHoldReasons = forgetHoldReasons;
    this.tasks = tasks;
  }

  @Override
  public String service() {
    return "payout";
  }

  @Override
  public Forgetting prepare(UUID erasureId, UUID accountId) {
    ErasedPerson person = people.of(erasureId);
    return () -> {
      forgetHoldReasons.handle(person);
      tasks.forgetAnswersThatName(person);
      return List.of();
    };
  }
}
