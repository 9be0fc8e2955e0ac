package io.cpdevents.platform.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.contracts.accounts.AccountEvent.AccountVerified;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.testservice.TestService;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@CpdIntegrationTest(classes = TestService.class)
class TransitionRecorderIT {

  private enum Door {
    OPEN,
    SHUT
  }

  private enum Trigger {
    CLOSED
  }

  private static final Transitions<Door, Trigger> DOOR =
      Transitions.named("door", Door.class, Trigger.class)
          .row(Door.OPEN, Trigger.CLOSED, Door.SHUT, "somebody left", AccountVerified.class)
          .ignored(Door.SHUT, Trigger.CLOSED, "it was shut before")
          .build();

  @Autowired Outbox outbox;
  @Autowired MeterRegistry metrics;
  @Autowired PlatformTransactionManager transactions;

  @Test
  void a_transaction_that_takes_a_row_without_appending_its_event_fails() {
    TransactionTemplate transaction = new TransactionTemplate(transactions);

    assertThatThrownBy(
            () -> transaction.executeWithoutResult(_ -> DOOR.next(Door.OPEN, Trigger.CLOSED)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "door: OPEN + CLOSED was taken without appending AccountVerified to the outbox");
  }

  @Test
  void each_row_that_is_taken_requires_an_event_of_its_own() {
    TransactionTemplate transaction = new TransactionTemplate(transactions);

    assertThatThrownBy(() ->
            transaction.executeWithoutResult(_ -> {
              DOOR.next(Door.OPEN, Trigger.CLOSED);
              DOOR.next(Door.OPEN, Trigger.CLOSED);
              outbox.append(new AccountVerified(Ids.next(), Instant.EPOCH));
            }))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void rows_are_counted_after_the_commit_and_not_when_they_are_rolled_back() {
    TransactionTemplate transaction = new TransactionTemplate(transactions);
    double before = taken();

    transaction.executeWithoutResult(status -> {
      DOOR.next(Door.OPEN, Trigger.CLOSED);
      status.setRollbackOnly();
    });
    assertThat(taken()).isEqualTo(before);

    transaction.executeWithoutResult(_ -> {
      DOOR.next(Door.OPEN, Trigger.CLOSED);
      outbox.append(new AccountVerified(Ids.next(), Instant.EPOCH));
      assertThat(taken()).isEqualTo(before);
    });
    assertThat(taken()).isEqualTo(before + 1);
  }

  @Test
  void a_row_that_is_taken_outside_of_a_transaction_is_not_counted() {
    double before = taken();

    DOOR.next(Door.OPEN, Trigger.CLOSED);

    assertThat(taken()).isEqualTo(before);
  }

  private double taken() {
    Counter counter = metrics.find("cpd.transitions").tag("machine", "door").counter();
    return counter == null ? 0 : counter.count();
  }
}
