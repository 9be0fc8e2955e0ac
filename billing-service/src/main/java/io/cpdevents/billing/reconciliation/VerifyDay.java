package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.OpenBreak;
import io.cpdevents.billing.ledger.ResolveBreak;
import io.cpdevents.platform.money.Money;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A closed day is read again, and is a break while it has not the hash or the totals with which it
 * was closed.
 */
@Component
class VerifyDay {

  /** A break has a currency, and a hash has none. */
  private static final Money NO_AMOUNT = Money.of(0, "XXX");

  private final Days days;
  private final DayFileQueries files;
  private final OpenBreak openBreak;
  private final ResolveBreak resolveBreak;
  private final TransactionTemplate transaction;

  VerifyDay(
      Days days,
      DayFileQueries files,
      OpenBreak openBreak,
      ResolveBreak resolveBreak,
      TransactionTemplate transaction) {
    this.days = days;
    this.files = files;
    this.openBreak = openBreak;
    this.resolveBreak = resolveBreak;
    this.transaction = transaction;
  }

  /** Reads a day that is closed. */
  void handle(LocalDate date) {
    DayHash hash = new DayHash();
    files.read(date, hash::add);
    boolean isUnchanged =
        days.hashOf(date).filter(hash.finish()::equals).isPresent() && days.hasItsTotals(date);
    String about = date.toString();
    transaction.executeWithoutResult(_ -> {
      if (isUnchanged) {
        resolveBreak.handle(new ResolveBreak.Command(BreakKind.CLOSED_DAY_CHANGED, List.of(about)));
      } else {
        openBreak.handle(
            new OpenBreak.Command(
                BreakKind.CLOSED_DAY_CHANGED, about, null, NO_AMOUNT, Day.beginningOf(date)));
      }
    });
  }
}
