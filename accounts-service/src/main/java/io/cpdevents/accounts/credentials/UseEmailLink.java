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
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;

/** Somebody follows the link of a mail about an e-mail address; it is recorded as an attempt. */
@Component
class UseEmailLink {

  /** What was found for the token that was sent. */
  record Command(LoginPurpose purpose, Optional<EmailChanges.Link> found, RequestOrigin origin) {}

  private final RequestLimits limits;
  private final MakeAttempt makeAttempt;

  UseEmailLink(RequestLimits limits, MakeAttempt makeAttempt) {
    this.limits = limits;
    this.makeAttempt = makeAttempt;
  }

  /**
   * Uses it.
   *
   * @throws RuleViolation 400 {@code token-invalid}, 429 {@code too-many-requests}
   */
  void handle(Command command, BiFunction<Proof, EmailChanges.Link, Optional<Proof>> effect) {
    String network = command.origin().network();
    makeAttempt.handle(
        new Attempt(
            command.purpose(),
            LoginMethod.EMAIL_LINK,
            command.found().map(EmailChanges.Link::accountId).orElse(null),
            null,
            command.origin()),
        new Trial<>(() -> check(command, network), effect));
    limits.onSuccess(Limit.LOG_IN_ADDRESS, network);
  }

  private Checked<EmailChanges.Link> check(Command command, String network) {
    limits.take(Limit.LOG_IN_ADDRESS, network);
    return command
        .found()
        .<Checked<EmailChanges.Link>>map(Checked.Passed::new)
        .orElseGet(() -> new Checked.Failed<>(LoginOutcome.LINK_INVALID));
  }
}
