package io.cpdevents.platform.sql;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What is done when the surrounding transaction has committed, and never when it is rolled back.
 */
public final class AfterCommit {

  private AfterCommit() {}

  /**
   * Runs this after the commit; it must not fail.
   *
   * @throws IllegalStateException when there is no transaction
   */
  public static void run(Runnable action) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            action.run();
          }
        });
  }
}
