package io.cpdevents.registration.registrations;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who has typed wrong promo codes is forgotten after an hour. */
@Component
public class RemovePromoGuesses {

  private static final int MAX_BATCH_ROWS = 500;

  private final PromoGuesses guesses;
  private final Clock clock;

  RemovePromoGuesses(PromoGuesses guesses, Clock clock) {
    this.guesses = guesses;
    this.clock = clock;
  }

  /** Removes one batch; returns how many it removed. */
  @Transactional
  public int handle() {
    return guesses.removeOld(clock.instant(), MAX_BATCH_ROWS);
  }
}
