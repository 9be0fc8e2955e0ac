package io.cpdevents.payout.balances;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Billing posts an entry for an organization, and it counts in its balance once. */
@Component
public class RecordEntry {

  private final Balances balances;

  RecordEntry(Balances balances) {
    this.balances = balances;
  }

  /**
   * Adds the entry to its balance.
   *
   * @throws IllegalStateException when another entry is stored under its id: ledger facts never
   *     change
   */
  @Transactional
  public void handle(Entry entry) {
    if (!balances.add(entry) && !balances.matchesStored(entry)) {
      throw new IllegalStateException(
          "entry %s is stored with other contents".formatted(entry.id()));
    }
  }
}
