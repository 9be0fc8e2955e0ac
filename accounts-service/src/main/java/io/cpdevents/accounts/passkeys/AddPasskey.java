package io.cpdevents.accounts.passkeys;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.factors.AddFactor;
import io.cpdevents.accounts.factors.FirstRecoveryCodes;
import io.cpdevents.accounts.logins.Attempt;
import io.cpdevents.accounts.logins.Checked;
import io.cpdevents.accounts.logins.LoginMethod;
import io.cpdevents.accounts.logins.LoginPurpose;
import io.cpdevents.accounts.logins.MakeAttempt;
import io.cpdevents.accounts.logins.Proof;
import io.cpdevents.accounts.logins.Trial;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.passkeys.Passkeys.Stored;
import io.cpdevents.accounts.passkeys.Verifier.NewPasskey;
import io.cpdevents.accounts.passkeys.Verifier.Registration;
import io.cpdevents.accounts.sessions.RequireFreshProof;
import io.cpdevents.contracts.accounts.SecondFactorChange;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A person adds a passkey, by which they log in from now on. */
@Component
public class AddPasskey {

  /** Of one account. */
  static final int MAX_PASSKEYS = 20;

  /**
   * What the browser has answered, and in which session.
   *
   * @param id the same for every repetition of one request
   */
  public record Command(
      UUID id,
      UUID accountId,
      UUID sessionId,
      String name,
      String clientDataJson,
      String attestationObject,
      RequestOrigin origin) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  private final RequireFreshProof requireFreshProof;
  private final Passkeys passkeys;
  private final UsedChallenges usedChallenges;
  private final Verifier verifier;
  private final MakeAttempt makeAttempt;
  private final AddFactor addFactor;
  private final FirstRecoveryCodes firstRecoveryCodes;
  private final Clock clock;

  AddPasskey(
      RequireFreshProof requireFreshProof,
      Passkeys passkeys,
      UsedChallenges usedChallenges,
      Verifier verifier,
      MakeAttempt makeAttempt,
      AddFactor addFactor,
      FirstRecoveryCodes firstRecoveryCodes,
      Clock clock) {
    this.requireFreshProof = requireFreshProof;
    this.passkeys = passkeys;
    this.usedChallenges = usedChallenges;
    this.verifier = verifier;
    this.makeAttempt = makeAttempt;
    this.addFactor = addFactor;
    this.firstRecoveryCodes = firstRecoveryCodes;
    this.clock = clock;
  }

  /**
   * Adds it; answers recovery codes, this once, where it is the first second factor.
   *
   * @throws RuleViolation 403 {@code step-up-required}, 400 {@code passkey-refused}, 409 {@code
   *     passkey-limit-reached}
   */
  public List<String> handle(Command command) {
    requireFreshProof.handle(command.accountId(), command.sessionId());
    return makeAttempt.handle(
        new Attempt(
            LoginPurpose.FACTOR_CHANGE,
            LoginMethod.PASSKEY,
            command.accountId(),
            command.sessionId(),
            command.origin()),
        new Trial<NewPasskey, List<String>>(
            () -> check(command), (proof, passkey) -> added(command, passkey, proof)));
  }

  private Checked<NewPasskey> check(Command command) {
    return verifier
        .verify(
            new Registration(command.clientDataJson(), command.attestationObject()),
            passkeys.ownerOf(command.accountId()),
            command.sessionId())
        .<Checked<NewPasskey>>map(Checked.Passed::new)
        .orElseThrow(() -> AccountsProblem.PASSKEY_REFUSED.violation());
  }

  private Optional<List<String>> added(Command command, NewPasskey passkey, Proof proof) {
    passkeys.lockOwner(command.accountId());
    // There may be another factor by now, of which nothing was proved.
    requireFreshProof.handle(command.accountId(), command.sessionId());
    if (passkeys.credentialIdsOf(command.accountId()).size() >= MAX_PASSKEYS) {
      throw AccountsProblem.PASSKEY_LIMIT_REACHED.violation(
          "An account can have %d passkeys at most.".formatted(MAX_PASSKEYS));
    }
    Stored stored =
        new Stored(
            command.id(),
            command.accountId(),
            passkey.credentialId(),
            passkey.publicKeyCose(),
            passkey.signCount());
    if (!usedChallenges.add(passkey.challenge())
        || !passkeys.add(stored, command.name(), clock.instant())) {
      throw AccountsProblem.PASSKEY_REFUSED.violation();
    }
    boolean isFirst =
        addFactor.handle(
            new AddFactor.Command(command.sessionId(), SecondFactorChange.PASSKEY_ADDED), proof);
    return Optional.of(isFirst ? firstRecoveryCodes.handle(command.accountId()) : List.of());
  }
}
