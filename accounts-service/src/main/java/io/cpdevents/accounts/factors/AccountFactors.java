package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.logins.FactorCode;
import io.cpdevents.accounts.logins.SecondFactor;
import io.cpdevents.contracts.accounts.SecondFactorChange;
import io.cpdevents.platform.time.SystemTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Looks at the codes that people prove their second factor by. */
@Component
class AccountFactors implements SecondFactor {

  private final FactorCounts counts;
  private final Totps totps;
  private final RecoveryCodes recoveryCodes;
  private final SealingKeys keys;
  private final TellFactorChange tell;
  private final SystemTime systemTime;

  AccountFactors(
      FactorCounts counts,
      Totps totps,
      RecoveryCodes recoveryCodes,
      SealingKeys keys,
      TellFactorChange tell,
      SystemTime systemTime) {
    this.counts = counts;
    this.totps = totps;
    this.recoveryCodes = recoveryCodes;
    this.keys = keys;
    this.tell = tell;
    this.systemTime = systemTime;
  }

  @Override
  public boolean isThere(UUID accountId) {
    return counts.of(accountId) > 0;
  }

  @Override
  public boolean asksForCode(UUID accountId) {
    return totps.confirmed(accountId).isPresent();
  }

  @Override
  public Optional<RightCode> check(UUID accountId, FactorCode code) {
    return switch (code.method()) {
      case TOTP -> totp(accountId, code.text().value());
      case RECOVERY_CODE -> recoveryCode(accountId, new RecoveryCode(code.text().value()));
      default -> throw new IllegalArgumentException(code.toString());
    };
  }

  private Optional<RightCode> totp(UUID accountId, String typed) {
    return totps
        .confirmed(accountId)
        .flatMap(stored ->
            Totp.stepOf(keys.open(accountId, stored.secret()).bytes(), typed, systemTime.now())
                .stream()
                .mapToObj(step -> (RightCode) () -> totps.takeStep(stored.id(), step))
                .findFirst());
  }

  private Optional<RightCode> recoveryCode(UUID accountId, RecoveryCode code) {
    if (!recoveryCodes.exists(accountId, code)) {
      return Optional.empty();
    }
    return Optional.of(() -> {
      boolean isUsed = recoveryCodes.use(accountId, code);
      if (isUsed) {
        tell.handle(accountId, SecondFactorChange.RECOVERY_CODE_USED);
      }
      return isUsed;
    });
  }
}
