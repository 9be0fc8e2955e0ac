package io.cpdevents.sandbox.time;

/** Performs one kind of planned step, in a transaction. */
public interface StepHandler {
  /** The kind of step that it performs, as in {@link PlannedSteps}. */
  String stepKind();

  /** Performs the step, unless it has been performed already. */
  void perform(String subjectId);
}
