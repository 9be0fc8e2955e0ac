package io.cpdevents.platform.security;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.time.SystemTime;
import java.time.Duration;
import java.time.Instant;

/**
 * The one place that decides how recent a proof has to be. accounts-service signs the time of the
 * last one into every access token; who calls by something that nobody proves, such as a key, has
 * none.
 */
public final class RecentProof {

  static final Duration MAX_PROOF_AGE = Duration.ofMinutes(5);

  private final SystemTime systemTime;

  RecentProof(SystemTime systemTime) {
    this.systemTime = systemTime;
  }

  /**
   * Goes on only when the person has proved lately who they are.
   *
   * @throws RuleViolation 403 {@code step-up-required}
   */
  public void require(Caller caller) {
    Instant provedAt = caller.provedAt();
    if (provedAt == null || provedAt.isBefore(systemTime.now().minus(MAX_PROOF_AGE))) {
      throw CommonProblem.STEP_UP_REQUIRED.violation();
    }
  }
}
