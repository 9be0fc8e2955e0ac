package io.cpdevents.billing.ledger;

import java.time.Clock;
import java.util.List;
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
  private final Clock clock;

  ResolveBreak(Breaks breaks, Clock clock) {
    this.breaks = breaks;
    this.clock = clock;
  }

  /** Resolves the break. Returns whether it was open. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean handle(Command command) {
    boolean resolved = breaks.resolve(command.kind(), command.stripeIds(), clock.instant());
    if (resolved) {
      log.info("A break has resolved itself: {} {}", command.kind(), command.stripeIds());
    }
    return resolved;
  }
}
