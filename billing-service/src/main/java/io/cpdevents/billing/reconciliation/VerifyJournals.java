package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.ledger.OpenBreak;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The journals of a closed day are compared with their seals: one that was changed, removed or
 * slipped in is a break, which resolves itself once {@link MatchJournals} finds it as it was.
 */
@Component
class VerifyJournals {

  private final Days days;
  private final Mismatches mismatches;
  private final OpenBreak openBreak;

  VerifyJournals(Days days, Mismatches mismatches, OpenBreak openBreak) {
    this.days = days;
    this.mismatches = mismatches;
    this.openBreak = openBreak;
  }

  /** Compares those of a day; with the first day those that were recorded before it. */
  @Transactional
  public void handle(LocalDate date) {
    boolean isFirst = days.first().filter(date::equals).isPresent();
    Instant from = isFirst ? Instant.EPOCH : Day.beginningOf(date);
    mismatches.journalChanged(from, Day.endOf(date)).forEach(openBreak::handle);
  }
}
