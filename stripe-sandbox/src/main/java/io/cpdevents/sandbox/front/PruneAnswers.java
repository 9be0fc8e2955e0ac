package io.cpdevents.sandbox.front;

import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.StepHandler;
import java.time.Duration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Forgets kept answers once an hour. */
@Component
class PruneAnswers implements StepHandler {
  private static final String KIND = "prune-answers";
  private static final Duration EVERY = Duration.ofHours(1);

  private final KeptAnswers answers;
  private final PlannedSteps steps;

  PruneAnswers(KeptAnswers answers, PlannedSteps steps) {
    this.answers = answers;
    this.steps = steps;
  }

  @EventListener(ApplicationReadyEvent.class)
  void planFirst() {
    steps.planAfter(EVERY, KIND, "all");
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void doStep(String subjectId) {
    answers.prune();
    steps.planAfter(EVERY, KIND, subjectId);
  }
}
