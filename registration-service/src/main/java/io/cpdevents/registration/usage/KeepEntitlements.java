package io.cpdevents.registration.usage;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What an organization may use is kept, as its plan allows it. */
@Component
public class KeepEntitlements {

  /**
   * What it may use.
   *
   * @param version an older one changes nothing
   */
  public record Command(UUID organizationId, long version, String planId, Limits limits) {}

  private final Usage usage;
  private final Clock clock;

  KeepEntitlements(Usage usage, Clock clock) {
    this.usage = usage;
    this.clock = clock;
  }

  /** Keeps the latest. */
  @Transactional
  public void handle(Command command) {
    usage.keep(command, clock.instant());
  }
}
