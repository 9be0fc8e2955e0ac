package io.cpdevents.payout.payouts;

import io.cpdevents.platform.erasure.ErasedPerson;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What was typed about a person, as why a payout is held or released, goes with them. */
@Component
public class ForgetHoldReasons {

  private final HoldNotes notes;

  ForgetHoldReasons(HoldNotes notes) {
    this.notes = notes;
  }

  /** Empties the reasons that name the person. */
  @Transactional
  public void handle(ErasedPerson person) {
    notes.forget(person);
  }
}
