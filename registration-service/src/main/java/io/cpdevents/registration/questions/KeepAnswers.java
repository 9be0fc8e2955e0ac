package io.cpdevents.registration.questions;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What somebody who registers has answered is kept with the registration. */
@Component
public class KeepAnswers {

  private final Answers answers;

  KeepAnswers(Answers answers) {
    this.answers = answers;
  }

  /** Keeps them, if the surrounding transaction, which makes the registration, commits. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID registrationId, List<Answer> given) {
    if (!given.isEmpty()) {
      answers.insert(registrationId, given);
    }
  }
}
