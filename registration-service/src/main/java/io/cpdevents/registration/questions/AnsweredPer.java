package io.cpdevents.registration.questions;

/** How often a question is answered in a registration. */
public enum AnsweredPer {
  /** Once. */
  BUYER,
  /** For each ticket. */
  TICKET
}
