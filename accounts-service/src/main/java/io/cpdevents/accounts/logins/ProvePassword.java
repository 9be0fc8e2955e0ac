package io.cpdevents.accounts.logins;

import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.Occasions;
import io.cpdevents.accounts.limits.RequestLimits;
import io.cpdevents.accounts.logins.SecondFactor.RightCode;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passwords.HashParameters;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.passwords.PasswordHashing;
import io.cpdevents.platform.error.RuleViolation;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A person proves who they are by their password, within the limits of guessing, whatever it is
 * for.
 */
@Component
public class ProvePassword {

  /** Who somebody says they are. */
  public sealed interface Who {

    /**
     * By the address that they type.
     *
     * @param email normalized
     */
    record Typed(String email) implements Who {}

    /** By the session that they have, or by the link that they follow. */
    record Known(UUID accountId) implements Who {}
  }

  /**
   * One attempt.
   *
   * @param code of a second factor, beside the password; null for none
   * @param sessionId the session that a success opens or proves anew
   */
  public record Command(
      LoginPurpose purpose,
      Who who,
      Password password,
      @Nullable FactorCode code,
      @Nullable UUID sessionId,
      RequestOrigin origin) {

    /** The password alone. */
    public Command(
        LoginPurpose purpose,
        Who who,
        Password password,
        @Nullable UUID sessionId,
        RequestOrigin origin) {
      this(purpose, who, password, null, sessionId, origin);
    }

    private LoginMethod method() {
      return code == null ? LoginMethod.PASSWORD : code.method();
    }
  }

  /** What an account logs in with. */
  public record Credential(
      UUID accountId, String email, String name, String passwordHash, boolean verified) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  /** A password that is right, and beside it a code; none where none is asked for. */
  private record Right(Credential credential, Optional<RightCode> code) {

    boolean useCode() {
      return code.map(RightCode::use).orElse(true);
    }
  }

  private final RequestLimits limits;
  private final PasswordHashing passwords;
  private final Credentials credentials;
  private final Occasions occasions;
  private final WarnOfLogIns warnOfLogIns;
  private final Logins logins;
  private final SecondFactor secondFactor;
  private final FactorGuesses factorGuesses;
  private final MakeAttempt makeAttempt;

  ProvePassword(
      RequestLimits limits,
      PasswordHashing passwords,
      Credentials credentials,
      Occasions occasions,
      WarnOfLogIns warnOfLogIns,
      Logins logins,
      SecondFactor secondFactor,
      FactorGuesses factorGuesses,
      MakeAttempt makeAttempt) {
    this.limits = limits;
    this.passwords = passwords;
    this.credentials = credentials;
    this.occasions = occasions;
    this.warnOfLogIns = warnOfLogIns;
    this.logins = logins;
    this.secondFactor = secondFactor;
    this.factorGuesses = factorGuesses;
    this.makeAttempt = makeAttempt;
  }

  /**
   * Makes one attempt. The limits come first, because hashing is expensive. The password is hashed
   * even if nobody has the e-mail address, so that neither answer nor time shows who has an
   * account. Whether there is a second factor is shown to nobody who does not know the password.
   *
   * @param effect what the success changes; empty when the password was changed in the meantime
   * @throws RuleViolation 401 {@code invalid-credentials} or {@code totp-required}, 403 {@code
   *     email-unverified}, 429 {@code too-many-requests} or {@code server-busy}
   */
  public <T> T handle(Command command, BiFunction<Proof, Credential, Optional<T>> effect) {
    Optional<Credential> credential =
        switch (command.who()) {
          case Who.Typed typed -> credentials.find(typed.email());
          case Who.Known known -> credentials.of(known.accountId());
        };
    @Nullable UUID accountId = credential.map(Credential::accountId).orElse(null);
    String email = credential.map(Credential::email).orElseGet(() -> typedBy(command.who()));
    Guess guess =
        new Guess(email, command.origin(), logins.hasSucceededFrom(accountId, command.origin()));
    T done =
        makeAttempt.handle(
            new Attempt(
                command.purpose(),
                command.method(),
                accountId,
                command.sessionId(),
                command.origin()),
            new Trial<>(
                () -> check(guess, command, credential),
                (proof, right) ->
                    right.useCode()
                        ? effect.apply(proof, right.credential())
                        : Optional.<T>empty()));
    giveBack(guess);
    if (command.code() != null) {
      factorGuesses.giveBack(credential.orElseThrow().accountId(), command.code());
    }
    if (command.purpose() == LoginPurpose.LOG_IN) {
      upgradeHash(credential.orElseThrow(), command.password());
    }
    return done;
  }

  /** An account that was removed has no address; nobody guesses at it. */
  private static String typedBy(Who who) {
    return switch (who) {
      case Who.Typed typed -> typed.email();
      case Who.Known known -> known.accountId().toString();
    };
  }

  /**
   * What the limits count by.
   *
   * @param ownersPlace whether the owner has got in from this network before
   */
  private record Guess(String email, RequestOrigin origin, boolean ownersPlace) {
    String emailFromNetwork() {
      return email + " from " + origin.network();
    }
  }

  private void takeOfAccount(Guess guess) {
    try {
      limits.take(Limit.LOG_IN, guess.emailFromNetwork());
    } catch (RuleViolation tooMany) {
      // Nothing was looked at: who goes on with one account uses up nothing that others have there.
      limits.onSuccess(Limit.LOG_IN_ADDRESS, guess.origin());
      throw tooMany;
    }
  }

  private Checked<Right> check(Guess guess, Command command, Optional<Credential> credential) {
    // First what is counted anyway: who has used that up adds no counters for ever other accounts.
    limits.take(Limit.LOG_IN_ADDRESS, guess.origin());
    takeOfAccount(guess);
    if (!guess.ownersPlace()) {
      takeFromElsewhere(guess.email(), credential);
    }
    boolean matches =
        passwords.matches(
            command.password(), credential.map(Credential::passwordHash).orElse(null));
    if (credential.isEmpty()) {
      return new Checked.Failed<>(LoginOutcome.UNKNOWN_EMAIL);
    }
    if (!matches) {
      return new Checked.Failed<>(LoginOutcome.WRONG_PASSWORD);
    }
    if (!credential.get().verified()) {
      return new Checked.Failed<>(LoginOutcome.EMAIL_UNVERIFIED);
    }
    Checked<Right> right = checkFactor(guess, command, credential.get());
    if (right instanceof Checked.Passed) {
      limits.take(Limit.LOG_IN_SUCCESS, credential.get().accountId().toString());
    }
    return right;
  }

  /** Looks at the second factor, once the password is right. */
  private Checked<Right> checkFactor(Guess guess, Command command, Credential credential) {
    UUID accountId = credential.accountId();
    FactorCode code = command.code();
    if (code != null) {
      factorGuesses.take(accountId, code);
      return secondFactor
          .check(accountId, code)
          .<Checked<Right>>map(
              right -> new Checked.Passed<>(new Right(credential, Optional.of(right))))
          .orElseGet(() -> new Checked.Failed<>(LoginOutcome.WRONG_CODE));
    }
    boolean isAsked =
        switch (command.purpose()) {
          case LOG_IN -> secondFactor.asksForCode(accountId);
          case STEP_UP -> secondFactor.isThere(accountId);
          default -> false;
        };
    if (isAsked) {
      // The password was no guess: half of a log-in does not count against others of the network.
      giveBackOfOthers(guess);
      return new Checked.Failed<>(LoginOutcome.TOTP_REQUIRED);
    }
    return new Checked.Passed<>(new Right(credential, Optional.empty()));
  }

  /**
   * Many addresses guess together what one may not guess alone. Who comes from where the owner has
   * got in before is not counted, so that they cannot lock the owner out. It is counted by the
   * e-mail address, whether it has an account or not, so that nobody sees which has.
   */
  private void takeFromElsewhere(String email, Optional<Credential> credential) {
    try {
      limits.take(Limit.LOG_IN_ACCOUNT, email);
    } catch (RuleViolation tooMany) {
      credential
          .filter(Credential::verified)
          .filter(_ -> occasions.take(Limit.LOG_IN_ACCOUNT_MAIL, email))
          .ifPresent(owner ->
              warnOfLogIns.handle(owner.accountId(), Objects.requireNonNull(tooMany.retryAfter())));
      throw tooMany;
    }
  }

  private void giveBack(Guess guess) {
    limits.onSuccess(Limit.LOG_IN, guess.emailFromNetwork());
    giveBackOfOthers(guess);
  }

  private void giveBackOfOthers(Guess guess) {
    limits.onSuccess(Limit.LOG_IN_ADDRESS, guess.origin());
    if (!guess.ownersPlace()) {
      limits.onSuccess(Limit.LOG_IN_ACCOUNT, guess.email());
    }
  }

  /** Only now the password is known, so only now it can be hashed as new ones are. */
  private void upgradeHash(Credential credential, Password password) {
    if (HashParameters.areOutdatedIn(credential.passwordHash())) {
      credentials.replaceHash(credential, passwords.hash(password));
    }
  }
}
