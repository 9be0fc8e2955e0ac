package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.RequestLimits;
import io.cpdevents.accounts.logins.Attempt;
import io.cpdevents.accounts.logins.Checked;
import io.cpdevents.accounts.logins.LoginMethod;
import io.cpdevents.accounts.logins.LoginOutcome;
import io.cpdevents.accounts.logins.LoginPurpose;
import io.cpdevents.accounts.logins.MakeAttempt;
import io.cpdevents.accounts.logins.Proof;
import io.cpdevents.accounts.logins.Trial;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.platform.error.RuleViolation;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Somebody follows the link of a mail about an e-mail address; it is recorded as an attempt. */
@Component
class UseEmailLink {

  /**
   * What was found for the token that was sent.
   *
   * @param tokenSha256 by which the link is known
   * @param accountId whose link it is; empty when it does not count
   */
  record Command(
      LoginPurpose purpose, byte[] tokenSha256, Optional<UUID> accountId, RequestOrigin origin) {}

  private final RequestLimits limits;
  private final MakeAttempt makeAttempt;

  UseEmailLink(RequestLimits limits, MakeAttempt makeAttempt) {
    this.limits = limits;
    this.makeAttempt = makeAttempt;
  }

  /**
   * Uses it; what the effect needs besides is made by the trial's check once the limit allows it,
   * because it may cost something.
   *
   * @throws RuleViolation 400 {@code token-invalid}, 429 {@code too-many-requests}
   */
  <C> void handle(Command command, Trial<C, Proof> trial) {
    makeAttempt.handle(
        new Attempt(
            command.purpose(),
            LoginMethod.EMAIL_LINK,
            command.accountId().orElse(null),
            null,
            command.origin()),
        new Trial<C, Proof>(() -> check(command, trial), trial.effect()));
    limits.onSuccess(Limit.LOG_IN_ADDRESS, command.origin());
  }

  private <C> Checked<C> check(Command command, Trial<C, Proof> trial) {
    limits.take(Limit.LOG_IN_ADDRESS, command.origin());
    if (command.accountId().isPresent()) {
      // By the link, so that whoever has one of the account's leaves the owner of another the way.
      limits.take(Limit.LOG_IN_SUCCESS, "link " + HexFormat.of().formatHex(command.tokenSha256()));
    }
    return command.accountId().isPresent()
        ? trial.check().get()
        : new Checked.Failed<>(LoginOutcome.LINK_INVALID);
  }
}
