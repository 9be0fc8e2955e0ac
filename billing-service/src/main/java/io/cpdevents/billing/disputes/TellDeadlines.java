package io.cpdevents.billing.disputes;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** People are told that evidence is missing, three days and one day before the time for it ends. */
@Component
public class TellDeadlines {

  private static final int MAX_BATCH_ROWS = 20;

  private final Disputes disputes;
  private final LockDisputeFacts lockFacts;
  private final ExecuteDisputeEffects execute;
  private final TransactionTemplate transaction;
  private final Clock clock;

  TellDeadlines(
      Disputes disputes,
      LockDisputeFacts lockFacts,
      ExecuteDisputeEffects execute,
      TransactionTemplate transaction,
      Clock clock) {
    this.disputes = disputes;
    this.lockFacts = lockFacts;
    this.execute = execute;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Tells a batch, each in its own transaction. Returns how many it had. */
  public int handle() {
    List<UUID> due = disputes.toRemind(clock.instant(), MAX_BATCH_ROWS);
    due.forEach(dispute -> transaction.executeWithoutResult(_ -> remind(dispute)));
    return due.size();
  }

  private void remind(UUID disputeId) {
    execute.handle(DisputeDecision.onReminder(lockFacts.of(disputeId), clock.instant()));
  }
}
