package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.ledger.AlignBreaks;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.platform.time.SystemTime;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Every balance transaction of an open day is matched with its journal, and that with the journal
 * of its cause: what lacks one, differs from it, or is a journal of none or not what was posted is
 * a break until it is so no more.
 */
@Component
public class MatchJournals {

  /** A transaction that could not be settled at once is tried again by the next passes. */
  private static final Duration SETTLING_TIME = Duration.ofMinutes(10);

  private final Mismatches mismatches;
  private final Days days;
  private final AlignBreaks alignBreaks;
  private final SystemTime systemTime;

  MatchJournals(Mismatches mismatches, Days days, AlignBreaks alignBreaks, SystemTime systemTime) {
    this.mismatches = mismatches;
    this.days = days;
    this.alignBreaks = alignBreaks;
    this.systemTime = systemTime;
  }

  /** Matches all of them. */
  @Transactional
  public void handle() {
    Instant now = systemTime.now();
    alignBreaks.handle(BreakKind.NOT_BOOKED, mismatches.notBooked(now.minus(SETTLING_TIME)));
    alignBreaks.handle(BreakKind.NOT_AT_STRIPE, mismatches.notAtStripe());
    alignBreaks.handle(BreakKind.BOOKED_OTHERWISE, mismatches.bookedOtherwise(now));
    alignBreaks.handle(BreakKind.CAUSE_NOT_BOOKED, mismatches.causeNotBooked());
    Instant open = days.lastClosed().map(Day::endOf).orElse(Instant.EPOCH);
    alignBreaks.handle(
        BreakKind.BOOKED_WITHOUT_TRANSACTION, mismatches.bookedWithoutTransaction(open));
    alignBreaks.handle(BreakKind.JOURNAL_CHANGED, mismatches.journalChanged(open));
  }
}
