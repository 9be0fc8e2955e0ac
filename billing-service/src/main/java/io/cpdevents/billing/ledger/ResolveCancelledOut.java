package io.cpdevents.billing.ledger;

import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What stands in suspense of several things cancels out, so nobody has to look at any of them;
 * unless people have posted one of them elsewhere, because then what is left is somebody's.
 */
@Component
public class ResolveCancelledOut {

  /**
   * Which breaks.
   *
   * @param stripeIds objects of Stripe whose money cancels out
   */
  public record Command(List<BreakKind> kinds, List<String> stripeIds) {}

  private final Breaks breaks;
  private final ResolveBreak resolveBreak;

  ResolveCancelledOut(Breaks breaks, ResolveBreak resolveBreak) {
    this.breaks = breaks;
    this.resolveBreak = resolveBreak;
  }

  /**
   * Resolves the breaks that are open. The lock of each keeps out whoever would post it meanwhile.
   *
   * @return false when people have posted one: all stay as they are
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean handle(Command command) {
    breaks.lockAbout(command.kinds(), command.stripeIds());
    if (!breaks.posted(command.kinds(), command.stripeIds()).isEmpty()) {
      return false;
    }
    for (BreakKind kind : command.kinds()) {
      resolveBreak.handle(new ResolveBreak.Command(kind, command.stripeIds()));
    }
    return true;
  }
}
