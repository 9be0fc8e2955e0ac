package io.cpdevents.registration.erasure;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What somebody has typed about a registration or its cancellation since its buyer was erased is
 * forgotten, too.
 */
@Component
public class ForgetLateReasons {

  private final ErasedPeople erasedPeople;

  ForgetLateReasons(ErasedPeople erasedPeople) {
    this.erasedPeople = erasedPeople;
  }

  /** Forgets it; returns how many there were. */
  @Transactional
  public int handle() {
    return erasedPeople.forgetLateReasons() + erasedPeople.forgetLateNotes();
  }
}
