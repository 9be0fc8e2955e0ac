package io.cpdevents.registration.questions;

/** How a question is answered. */
public enum QuestionKind {
  /** By words of one's own. */
  TEXT,
  /** By one of the choices. */
  CHOICE,
  /** By {@code true} or {@code false}; where it is required, only by {@code true}. */
  CONSENT
}
