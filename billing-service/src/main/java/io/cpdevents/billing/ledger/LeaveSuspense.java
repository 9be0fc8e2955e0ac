package io.cpdevents.billing.ledger;

import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The cause of a movement that was booked without one has been found, so it leaves suspense and
 * nobody has to look at it any more. What people have posted elsewhere by then is posted twice: it
 * stands in suspense again, the other way round, and its break is open until they have posted it
 * back.
 */
@Component
class LeaveSuspense {

  /**
   * What was found.
   *
   * @param kind of the break that was opened if the cause was known to be of this kind
   * @param identified the journal by which it leaves suspense
   */
  record Command(StripeBalanceTransaction transaction, BreakKind kind, Journal identified) {}

  private final Breaks breaks;
  private final Ledger ledger;
  private final OpenBreak openBreak;
  private final ResolveBreak resolveBreak;

  LeaveSuspense(Breaks breaks, Ledger ledger, OpenBreak openBreak, ResolveBreak resolveBreak) {
    this.breaks = breaks;
    this.ledger = ledger;
    this.openBreak = openBreak;
    this.resolveBreak = resolveBreak;
  }

  /**
   * Posts the cause, once. The lock of each break keeps out whoever would post it meanwhile.
   *
   * @return false when the movement was booked with its cause, or that was found before
   */
  boolean handle(Command command) {
    StripeBalanceTransaction transaction = command.transaction();
    Set<BreakKind> kinds = EnumSet.of(command.kind(), BreakKind.UNEXPLAINED_BALANCE_TRANSACTION);
    List<String> ids = List.of(transaction.id());
    breaks.lockAbout(kinds, ids);
    List<BreakKind> posted = breaks.posted(kinds, ids);
    boolean stood = !posted.isEmpty() || breaks.isOpen(kinds, ids);
    if (!stood || ledger.post(command.identified()).isEmpty()) {
      return false;
    }
    for (BreakKind kind : kinds) {
      if (posted.contains(kind)) {
        openBreak.handle(
            new OpenBreak.Command(
                kind,
                transaction.id(),
                command.identified().about().paymentId(),
                transaction.amount(),
                transaction.createdAt()));
      } else {
        resolveBreak.handle(new ResolveBreak.Command(kind, ids));
      }
    }
    return true;
  }
}
