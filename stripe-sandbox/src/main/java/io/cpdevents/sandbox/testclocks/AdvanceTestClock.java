package io.cpdevents.sandbox.testclocks;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.MoveClock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/** Advances a test clock after it was asked for, as Stripe does; it is ready when all is done. */
@Component
class AdvanceTestClock {
  static final String KIND = "test_helpers.test_clock";
  static final String READY = "ready";

  private final StripeObjects objects;
  private final Events events;
  private final MoveClock moveClock;
  private final TransactionTemplate transaction;

  AdvanceTestClock(
      StripeObjects objects, Events events, MoveClock moveClock, TransactionTemplate transaction) {
    this.objects = objects;
    this.events = events;
    this.moveClock = moveClock;
    this.transaction = transaction;
  }

  /** Advances when the request has been committed, whose locks the due steps need. */
  void afterCommit(String clockId, long seconds) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            Thread.ofVirtual().name("test-clock").start(() -> advance(clockId, seconds));
          }
        });
  }

  private void advance(String clockId, long seconds) {
    moveClock.by(seconds);
    transaction.executeWithoutResult(_ -> {
      StripeObject clock = objects.lockExisting(KIND, clockId);
      ObjectNode before = clock.body().deepCopy();
      clock.body().put("status", READY);
      clock.body().putObject("status_details");
      objects.save(clock);
      events.recordChange("test_helpers.test_clock.ready", clock, before);
    });
  }
}
