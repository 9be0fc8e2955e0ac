package io.cpdevents.billing.ledger;

import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The open breaks of a kind become those that were found now; all others resolve themselves. */
@Component
public class AlignBreaks {

  private final Breaks breaks;
  private final OpenBreak openBreak;
  private final ResolveBreak resolveBreak;

  AlignBreaks(Breaks breaks, OpenBreak openBreak, ResolveBreak resolveBreak) {
    this.breaks = breaks;
    this.openBreak = openBreak;
    this.resolveBreak = resolveBreak;
  }

  /**
   * Opens and resolves.
   *
   * @param found the amount of each break by what it is about
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(BreakKind kind, Map<String, Money> found) {
    List<String> gone =
        breaks.openAbout(kind).stream().filter(about -> !found.containsKey(about)).toList();
    if (!gone.isEmpty()) {
      resolveBreak.handle(new ResolveBreak.Command(kind, gone));
    }
    found.forEach(
        (about, amount) -> openBreak.handle(new OpenBreak.Command(kind, about, null, amount)));
  }
}
