package io.cpdevents.billing.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
   * @param found those of this kind
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(BreakKind kind, Collection<OpenBreak.Command> found) {
    Set<String> about = found.stream().map(OpenBreak.Command::stripeId).collect(Collectors.toSet());
    List<String> gone =
        breaks.openAbout(kind).stream().filter(open -> !about.contains(open)).toList();
    if (!gone.isEmpty()) {
      resolveBreak.handle(new ResolveBreak.Command(kind, gone));
    }
    found.forEach(openBreak::handle);
  }
}
