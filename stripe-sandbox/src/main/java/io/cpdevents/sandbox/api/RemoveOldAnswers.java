package io.cpdevents.sandbox.api;

import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.StepHandler;
import java.time.Duration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Removes old stored answers once an hour. */
@Component
class RemoveOldAnswers implements StepHandler {
  private static final String KIND = "remove-old-answers";
  private static final Duration INTERVAL = Duration.ofHours(1);

  private final StoredAnswers answers;
  private final PlannedSteps steps;

  RemoveOldAnswers(StoredAnswers answers, PlannedSteps steps) {
    this.answers = answers;
    this.steps = steps;
  }

  @EventListener(ApplicationReadyEvent.class)
  void planFirst() {
    steps.planAfter(INTERVAL, KIND, "all");
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String subjectId) {
    answers.removeOld();
    steps.planAfter(INTERVAL, KIND, subjectId);
  }
}
