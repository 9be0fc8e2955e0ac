package io.cpdevents.registration.usage;

import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * An event that has begun and is to begin later counts as another publication, which nobody may
 * stop the first time, since somebody has a place at it.
 */
@Component
public class CountPostponement {

  private final Usage usage;

  CountPostponement(Usage usage) {
    this.usage = usage;
  }

  /** Counts it, if the surrounding transaction commits. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID organizationId, Instant now) {
    usage.addPublication(organizationId, UsagePeriod.of(now), null);
  }
}
