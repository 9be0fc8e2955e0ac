package io.cpdevents.payout.erasure;

import io.cpdevents.platform.erasure.ForgetsPeople;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * A person is forgotten: of people this service has the accounts' ids alone, so nothing is left.
 */
@Component
class ForgetPerson implements ForgetsPeople {

  @Override
  public String service() {
    return "payout";
  }

  @Override
  public Forgetting prepare(UUID erasureId, UUID accountId) {
    return List::of;
  }
}
