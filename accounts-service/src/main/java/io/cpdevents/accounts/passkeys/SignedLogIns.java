package io.cpdevents.accounts.passkeys;

import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.Occasions;
import io.cpdevents.accounts.logins.PasskeyCheck;
import io.cpdevents.accounts.logins.SecondFactor.RightCode;
import io.cpdevents.accounts.passkeys.Passkeys.Stored;
import io.cpdevents.accounts.passkeys.Verifier.Signed;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Looks at what passkeys sign to log in. */
@Component
class SignedLogIns implements PasskeyCheck {

  private final Passkeys passkeys;
  private final UsedChallenges usedChallenges;
  private final Verifier verifier;
  private final NoteCopy noteCopy;
  private final Occasions occasions;
  private final WarnOfCopy warnOfCopy;
  private final Clock clock;

  SignedLogIns(
      Passkeys passkeys,
      UsedChallenges usedChallenges,
      Verifier verifier,
      NoteCopy noteCopy,
      Occasions occasions,
      WarnOfCopy warnOfCopy,
      Clock clock) {
    this.passkeys = passkeys;
    this.usedChallenges = usedChallenges;
    this.verifier = verifier;
    this.noteCopy = noteCopy;
    this.occasions = occasions;
    this.warnOfCopy = warnOfCopy;
    this.clock = clock;
  }

  @Override
  public Optional<UUID> ownerOf(Assertion assertion) {
    return find(assertion).map(Stored::accountId);
  }

  @Override
  public Optional<RightCode> check(Assertion assertion) {
    return find(assertion)
        .flatMap(passkey -> verifier.verify(assertion).flatMap(signed -> counted(passkey, signed)));
  }

  private Optional<RightCode> counted(Stored passkey, Signed signed) {
    if (signed.counterWentBack()) {
      if (noteCopy.handle(passkey, signed.challenge())
          && occasions.take(Limit.PASSKEY_COPY_MAIL, passkey.id().toString())) {
        warnOfCopy.handle(passkey.accountId());
      }
      return Optional.empty();
    }
    return Optional.of(() ->
        usedChallenges.add(signed.challenge())
            && passkeys.use(passkey.id(), signed.signCount(), clock.instant()));
  }

  /** The passkey, if it is of the account that it says it is for. */
  private Optional<Stored> find(Assertion assertion) {
    Optional<UUID> accountId = Verifier.accountOf(assertion.userHandle());
    try {
      return passkeys
          .find(Base64.getUrlDecoder().decode(assertion.credentialId()))
          .filter(passkey -> accountId.equals(Optional.of(passkey.accountId())));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
