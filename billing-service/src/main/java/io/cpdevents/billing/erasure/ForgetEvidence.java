package io.cpdevents.billing.erasure;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A dispute that was open when its buyer was erased is decided: what the organization has answered
 * about them is forgotten too, and so is what somebody has typed about a refund since.
 */
@Component
public class ForgetEvidence {

  private final ErasedPeople erasedPeople;

  ForgetEvidence(ErasedPeople erasedPeople) {
    this.erasedPeople = erasedPeople;
  }

  /** Forgets it; returns of how many disputes and refunds. */
  @Transactional
  public int handle() {
    return erasedPeople.forgetEvidence()
        + erasedPeople.forgetLateReasons()
        + erasedPeople.forgetInstructions();
  }
}
