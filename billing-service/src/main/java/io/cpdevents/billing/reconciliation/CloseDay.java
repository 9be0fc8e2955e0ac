package io.cpdevents.billing.reconciliation;

import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The earliest open day is closed for good, when it is over, everything of it at Stripe is in the
 * ledger to the cent, and nobody has to explain anything of it.
 */
@Component
public class CloseDay {

  private final Days days;
  private final DayFileQueries files;
  private final BalanceProgress progress;
  private final AuditTrail audit;
  private final TransactionTemplate snapshot;
  private final Clock clock;

  CloseDay(
      Days days,
      DayFileQueries files,
      BalanceProgress progress,
      AuditTrail audit,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.days = days;
    this.files = files;
    this.progress = progress;
    this.audit = audit;
    this.snapshot = new TransactionTemplate(transactions);
    this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    this.clock = clock;
  }

  /**
   * Closes one day, as it is at one moment: its lines, sums and hash are of one snapshot. What
   * comes meanwhile comes late, and belongs to the next day. The caller keeps others from closing.
   *
   * @param latest no later day is closed
   * @return whether one was closed
   */
  public boolean handle(LocalDate latest) {
    return Boolean.TRUE.equals(
        snapshot.execute(status -> {
          boolean closed =
              days.firstOpen().filter(first -> !latest.isBefore(first) && close(first)).isPresent();
          if (!closed) {
            status.setRollbackOnly();
          }
          return closed;
        }));
  }

  private boolean close(LocalDate date) {
    if (isWaiting(days.between(date, date, date).getFirst())) {
      return false;
    }
    days.assignTransactions(date);
    Day assigned = days.assigned(date);
    if (isWaiting(assigned) || days.hasUnmatched(date)) {
      return false;
    }
    DayHash hash = new DayHash();
    files.read(date, hash::add);
    String hex = hash.finish();
    days.insert(new Day(date, hex, clock.instant(), assigned.currencies()));
    audit.record(
        "day.closed",
        "reconciliation",
        date.toString(),
        null,
        new Change(Map.of("status", "open"), Map.of("status", "closed", "hash", hex)));
    return true;
  }

  private boolean isWaiting(Day day) {
    return day.waitsFor(
            clock.instant(), day.date(), progress.followedUntil(BalanceProgress.PLATFORM))
        .isPresent();
  }
}
