package io.cpdevents.payout.balances;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What billing posted for an organization counts in its balance, once however often it is told. */
@Component
public class RecordEntry {

  private final Balances balances;

  RecordEntry(Balances balances) {
    this.balances = balances;
  }

  /**
   * Adds the entry to its balance.
   *
   * @throws IllegalStateException when another entry stands under its id: ledger facts never change
   */
  @Transactional
  public void handle(Entry entry) {
    if (!balances.add(entry) && !balances.holds(entry)) {
      throw new IllegalStateException(
          "entry %s was told before with other contents".formatted(entry.id()));
    }
  }
}
