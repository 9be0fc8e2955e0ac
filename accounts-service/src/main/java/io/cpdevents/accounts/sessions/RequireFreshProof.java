package io.cpdevents.accounts.sessions;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.time.SystemTime;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Second factors are changed by who has proved lately who they are, by a second factor where there
 * is one. The session itself is asked: an access token may be from before there was one.
 */
@Component
public class RequireFreshProof {

  private static final Duration MAX_PROOF_AGE = Duration.ofMinutes(5);

  private final Sessions sessions;
  private final SystemTime systemTime;

  RequireFreshProof(Sessions sessions, SystemTime systemTime) {
    this.sessions = sessions;
    this.systemTime = systemTime;
  }

  /**
   * Goes on only after such a proof.
   *
   * @throws RuleViolation 403 {@code step-up-required}
   */
  public void handle(UUID accountId, UUID sessionId) {
    if (sessions
        .lastProof(accountId, sessionId)
        .filter(at -> !at.isBefore(systemTime.now().minus(MAX_PROOF_AGE)))
        .isEmpty()) {
      throw CommonProblem.STEP_UP_REQUIRED.violation();
    }
  }
}
