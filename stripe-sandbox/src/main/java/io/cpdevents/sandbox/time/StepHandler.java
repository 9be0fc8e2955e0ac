package io.cpdevents.sandbox.time;

/** Does one kind of planned step, inside a transaction. */
public interface StepHandler {
  /** The kind of step it does; the key of {@link PlannedSteps}. */
  String stepKind();

  /** Does the step; what it finds done already it leaves alone. */
  void doStep(String subjectId);
}
