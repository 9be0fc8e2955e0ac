package io.cpdevents.accounts.logins;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.Occasions;
import io.cpdevents.contracts.accounts.AccountEvent.NewDeviceSeen;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Somebody proves who they are, and every attempt is recorded once, whatever it is made with, what
 * for, and how it ends. Of those that were refused before anything was looked at only the first of
 * a network are: a flood of them would fill the table, and the list of whoever it is aimed at. All
 * ways to prove it go through here: only here is a {@link Proof} made.
 */
@Component
public class MakeAttempt {

  private final Logins logins;
  private final FactorUse factorUse;
  private final Occasions occasions;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final SystemTime systemTime;
  private final Clock clock;

  MakeAttempt(
      Logins logins,
      FactorUse factorUse,
      Occasions occasions,
      Outbox outbox,
      TransactionTemplate transaction,
      SystemTime systemTime,
      Clock clock) {
    this.logins = logins;
    this.factorUse = factorUse;
    this.occasions = occasions;
    this.outbox = outbox;
    this.transaction = transaction;
    this.systemTime = systemTime;
    this.clock = clock;
  }

  /**
   * Makes the attempt.
   *
   * @throws RuleViolation the code of its {@link LoginOutcome}, or that of the limit it met
   */
  public <C, T> T handle(Attempt attempt, Trial<C, T> trial) {
    return switch (check(attempt, trial)) {
      case Checked.Failed<C> failed -> throw refused(attempt, failed.outcome());
      case Checked.Passed<C> passed ->
          succeed(attempt, trial, passed.value())
              .orElseThrow(() -> refused(attempt, attempt.method().refusal()));
    };
  }

  private <C, T> Checked<C> check(Attempt attempt, Trial<C, T> trial) {
    try {
      return trial.check().get();
    } catch (RuleViolation refusal) {
      if (refusal.problem() == AccountsProblem.SERVER_BUSY) {
        recordUnseen(attempt, LoginOutcome.SERVER_BUSY);
      } else if (refusal.problem() == CommonProblem.TOO_MANY_REQUESTS) {
        recordUnseen(attempt, LoginOutcome.TOO_MANY_ATTEMPTS);
      } else if (refusal.problem() == AccountsProblem.PASSKEY_REFUSED) {
        // Who adds one is logged in and has just proved it, so these are few.
        record(attempt, LoginOutcome.PASSKEY_REFUSED);
      }
      throw refusal;
    }
  }

  private <C, T> Optional<T> succeed(Attempt attempt, Trial<C, T> trial, C value) {
    Proof proof =
        new Proof(
            Objects.requireNonNull(attempt.accountId()),
            systemTime.now(),
            attempt.method().isFactor());
    try {
      return Objects.requireNonNull(
          transaction.execute(status -> {
            Optional<T> done = trial.effect().apply(proof, value);
            if (done.isPresent()) {
              recordSuccess(attempt, proof);
            } else {
              status.setRollbackOnly();
            }
            return done;
          }));
    } catch (RuleViolation refusal) {
      // Somebody has shown who they are, though nothing came of it.
      record(
          attempt,
          refusal.problem() == AccountsProblem.TOKEN_INVALID
              ? LoginOutcome.LINK_INVALID
              : LoginOutcome.REFUSED);
      throw refusal;
    }
  }

  /**
   * The owner is told of a log-in from a device that was never seen, by whatever way it was made.
   */
  private void recordSuccess(Attempt attempt, Proof proof) {
    Instant now = clock.instant();
    boolean isNewDevice =
        attempt.purpose() == LoginPurpose.LOG_IN
            && logins.isNewDevice(
                proof.accountId(), attempt.origin(), now.minus(RemoveOldLogins.RETENTION));
    UUID loginId = logins.record(attempt, LoginOutcome.SUCCEEDED, now);
    if (proof.byFactor()) {
      factorUse.proved(proof.accountId());
    }
    if (isNewDevice) {
      outbox.append(new NewDeviceSeen(proof.accountId(), loginId, now));
    }
  }

  private RuleViolation refused(Attempt attempt, LoginOutcome outcome) {
    record(attempt, outcome);
    return outcome.problem().violation();
  }

  private void recordUnseen(Attempt attempt, LoginOutcome outcome) {
    if (occasions.take(Limit.REFUSED_ATTEMPTS_RECORDED, attempt.origin().allotment())) {
      record(attempt, outcome);
    }
  }

  private void record(Attempt attempt, LoginOutcome outcome) {
    logins.record(attempt, outcome, clock.instant());
  }
}
