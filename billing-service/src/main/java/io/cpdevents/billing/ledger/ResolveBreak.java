package io.cpdevents.billing.ledger;

import io.cpdevents.platform.foureyes.Proposal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What did not match matches by itself now: nobody has to look at it any more. */
@Component
public class ResolveBreak {

  /**
   * Which break.
   *
   * @param stripeIds objects of Stripe about any of which it may have been opened
   */
  public record Command(BreakKind kind, List<String> stripeIds) {}

  private static final Logger log = LoggerFactory.getLogger(ResolveBreak.class);

  private final Breaks breaks;
  private final BreakResolutions resolutions;
  private final Clock clock;

  ResolveBreak(Breaks breaks, BreakResolutions resolutions, Clock clock) {
    this.breaks = breaks;
    this.resolutions = resolutions;
    this.clock = clock;
  }

  /** Resolves the break; what was proposed about it is not needed. Returns whether it was open. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean handle(Command command) {
    Instant now = clock.instant();
    List<UUID> resolved = breaks.resolve(command.kind(), command.stripeIds(), now);
    if (resolved.isEmpty()) {
      return false;
    }
    resolutions.waiting(resolved).stream()
        .map(BreakResolution::proposal)
        .map(Proposal::overtaken)
        .flatMap(Optional::stream)
        .forEach(overtaken -> resolutions.save(overtaken, null, null, null, now));
    log.info("A break has resolved itself: {} {}", command.kind(), command.stripeIds());
    return true;
  }
}
