package io.cpdevents.sandbox.time;

import io.cpdevents.sandbox.api.LockTimeout;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Performs planned steps when they are due, each in a transaction of its own. */
@Component
public class StepRunner implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration MAX_STOP_TIME = Duration.ofSeconds(5);

  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final TransactionTemplate transaction;
  private final Map<String, StepHandler> handlers;
  private volatile @Nullable Thread loop;

  public StepRunner(
      PlannedSteps steps,
      SandboxClock clock,
      TransactionTemplate transaction,
      List<StepHandler> handlers) {
    this.steps = steps;
    this.clock = clock;
    this.transaction = transaction;
    this.handlers =
        handlers.stream().collect(Collectors.toMap(StepHandler::stepKind, Function.identity()));
  }

  /**
   * Performs all steps that are due now and returns how many. It runs one at a time, so whoever
   * moves the clock can rely on all due steps having been performed when it returns.
   */
  public synchronized int runDue() {
    int done = 0;
    while (runNext()) {
      done++;
    }
    return done;
  }

  private boolean runNext() {
    AtomicLong taken = new AtomicLong();
    try {
      return Boolean.TRUE.equals(
          transaction.execute(_ -> {
            PlannedSteps.Step step = steps.takeDue(clock.epochSecond()).orElse(null);
            if (step == null) {
              return false;
            }
            taken.set(step.id());
            StepHandler handler = handlers.get(step.kind());
            if (handler == null) {
              throw new IllegalStateException("No handler for steps of the kind " + step.kind());
            }
            // The step is removed from the plan before, so that it can plan itself again.
            handler.perform(step.subjectId());
            return true;
          }));
    } catch (RuntimeException e) {
      if (taken.get() == 0) {
        throw e;
      }
      boolean isLocked = LockTimeout.is(e);
      if (!isLocked) {
        LOG.error("Planned step {} failed and will be tried again", taken.get(), e);
      }
      Duration pause = isLocked ? PAUSE : PAUSE_AFTER_FAILURE;
      transaction.executeWithoutResult(_ -> steps.postpone(taken.get(), pause));
      return true;
    }
  }

  @Override
  public void start() {
    loop = Thread.ofVirtual().name("planned-steps").start(this::runUntilStopped);
  }

  private void runUntilStopped() {
    while (!Thread.currentThread().isInterrupted()) {
      Duration pause = PAUSE;
      try {
        runDue();
      } catch (RuntimeException e) {
        // The database may not answer for a while; the planned steps in it are not lost.
        LOG.warn("Planned steps cannot be read: {}", e.toString());
        pause = PAUSE_AFTER_FAILURE;
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void stop() {
    Thread running = loop;
    if (running == null) {
      return;
    }
    loop = null;
    running.interrupt();
    try {
      running.join(MAX_STOP_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return loop != null;
  }
}
