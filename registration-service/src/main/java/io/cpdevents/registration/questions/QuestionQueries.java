package io.cpdevents.registration.questions;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.registration.events.EventQueries;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What can be read about questions. */
@Component
public class QuestionQueries {

  private final EventQueries events;
  private final Questions questions;

  QuestionQueries(EventQueries events, Questions questions) {
    this.events = events;
    this.questions = questions;
  }

  /**
   * The questions of an event, for whoever can read the event.
   *
   * @throws RuleViolation {@code event-not-found}
   */
  public QuestionsView get(UUID eventId, Optional<Caller> caller) {
    return new QuestionsView(events.get(eventId, caller).version(), questions.of(eventId));
  }

  /** What is asked of those who register for an event. */
  public Questionnaire questionnaire(UUID eventId) {
    return new Questionnaire(questions.of(eventId));
  }
}
