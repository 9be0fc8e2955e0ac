package io.cpdevents.registration.questions;

import io.cpdevents.registration.events.BelongsToEvent;
import org.springframework.stereotype.Component;

/** The copy of an event asks the same. */
@Component
class CopyQuestions implements BelongsToEvent {

  private final Questions questions;

  CopyQuestions(Questions questions) {
    this.questions = questions;
  }

  @Override
  public void copy(Copying copying) {
    questions.copy(copying.fromEventId(), copying.toEventId());
  }
}
