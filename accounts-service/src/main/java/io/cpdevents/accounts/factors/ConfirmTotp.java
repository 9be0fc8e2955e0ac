package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.factors.Totps.Stored;
import io.cpdevents.accounts.logins.Checked;
import io.cpdevents.accounts.logins.FactorCode;
import io.cpdevents.accounts.logins.LoginPurpose;
import io.cpdevents.accounts.logins.Proof;
import io.cpdevents.accounts.logins.ProveFactor;
import io.cpdevents.accounts.logins.SecondFactor.RightCode;
import io.cpdevents.accounts.logins.Trial;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.accounts.sessions.RequireFreshProof;
import io.cpdevents.contracts.accounts.SecondFactorChange;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A person types a code of the authenticator app that is being set up: from now on it counts. */
@Component
public class ConfirmTotp {

  /** How long a secret that was shown can be confirmed. */
  static final Duration MAX_CONFIRMATION_TIME = Duration.ofMinutes(15);

  /** The code, and where it was typed. */
  public record Command(UUID accountId, UUID sessionId, SecretText code, RequestOrigin origin) {}

  private final ProveFactor proveFactor;
  private final RequireFreshProof requireFreshProof;
  private final FactorCounts counts;
  private final Totps totps;
  private final RecoveryCodes recoveryCodes;
  private final SealingKeys keys;
  private final AddFactor addFactor;
  private final SystemTime systemTime;
  private final Clock clock;

  ConfirmTotp(
      ProveFactor proveFactor,
      RequireFreshProof requireFreshProof,
      FactorCounts counts,
      Totps totps,
      RecoveryCodes recoveryCodes,
      SealingKeys keys,
      AddFactor addFactor,
      SystemTime systemTime,
      Clock clock) {
    this.proveFactor = proveFactor;
    this.requireFreshProof = requireFreshProof;
    this.counts = counts;
    this.totps = totps;
    this.recoveryCodes = recoveryCodes;
    this.keys = keys;
    this.addFactor = addFactor;
    this.systemTime = systemTime;
    this.clock = clock;
  }

  /**
   * Answers the recovery codes, this once; those of before count no more. The session has proved
   * the factor with that.
   *
   * @throws RuleViolation 404 {@code totp-not-found}, 401 {@code invalid-credentials}, 429 {@code
   *     too-many-requests}, 403 {@code step-up-required} when there is another factor by now
   */
  public List<String> handle(Command command) {
    Stored totp =
        totps
            .unconfirmed(command.accountId(), clock.instant().minus(MAX_CONFIRMATION_TIME))
            .orElseThrow(() -> AccountsProblem.TOTP_NOT_FOUND.violation());
    return proveFactor.handle(
        new ProveFactor.Command(
            LoginPurpose.FACTOR_CHANGE,
            command.accountId(),
            command.sessionId(),
            FactorCode.totp(command.code()),
            command.origin()),
        new Trial<>(
            () -> Checked.ofCode(rightCode(totp, command.code())),
            (proof, _) -> Optional.of(added(command, proof))));
  }

  private Optional<RightCode> rightCode(Stored totp, SecretText typed) {
    return Totp.stepOf(
            keys.open(totp.accountId(), totp.secret()).bytes(), typed.value(), systemTime.now())
        .stream()
        .mapToObj(step -> (RightCode) () -> totps.confirm(totp.id(), step, clock.instant()))
        .findFirst();
  }

  private List<String> added(Command command, Proof proof) {
    if (counts.lock(command.accountId()) > 0) {
      // It may have been begun by the password, before there was another factor.
      requireFreshProof.handle(command.accountId(), command.sessionId());
    }
    addFactor.handle(
        new AddFactor.Command(command.sessionId(), SecondFactorChange.TOTP_ADDED), proof);
    return recoveryCodes.renew(command.accountId(), clock.instant()).stream()
        .map(RecoveryCode::text)
        .toList();
  }
}
