package io.cpdevents.platform.erasure;

import io.cpdevents.contracts.erasure.ErasureAnswerEvent.ErasureAnswered;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import io.cpdevents.platform.erasure.ErasureTasks.Task;
import io.cpdevents.platform.erasure.ForgetsPeople.Forgetting;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.transaction.support.TransactionTemplate;

/** A service forgets the people whom it was asked to erase, and says what it has kept. */
public final class AnswerErasures {

  private final ErasureTasks tasks;
  private final ForgetsPeople service;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final Clock clock;

  AnswerErasures(
      ErasureTasks tasks,
      ForgetsPeople service,
      TransactionTemplate transaction,
      Outbox outbox,
      Clock clock) {
    this.tasks = tasks;
    this.service = service;
    this.transaction = transaction;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Erases one person; returns how many there were. A failure ends the run: the task is tried again
   * after a minute, and others are not held up by it.
   */
  public int handle() {
    Optional<Task> due = tasks.claim();
    due.ifPresent(task -> {
      Forgetting forgetting = service.prepare(task.erasureId(), task.accountId());
      transaction.executeWithoutResult(_ -> answer(task, forgetting));
    });
    return due.isPresent() ? 1 : 0;
  }

  private void answer(Task task, Forgetting forgetting) {
    if (tasks.answer(task)) {
      List<Kept> kept = forgetting.forget();
      tasks.forgetRequestsOf(task.accountId());
      outbox.append(
          new ErasureAnswered(
              task.accountId(), task.erasureId(), service.service(), clock.instant(), kept));
    }
  }
}
