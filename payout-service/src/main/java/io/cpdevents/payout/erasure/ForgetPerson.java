package io.cpdevents.payout.erasure;

import io.cpdevents.payout.payouts.ForgetHoldReasons;
import io.cpdevents.platform.erasure.ErasedPerson;
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

  ForgetPerson(PeopleToErase people, ForgetHoldReasons forgetHoldReasons) {
    this.people = people;
    this.forgetHoldReasons = forgetHoldReasons;
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
      return List.of();
    };
  }
}
