package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.logins.LoginMethod;
import io.cpdevents.accounts.logins.Proof;
import io.cpdevents.accounts.sessions.EndSessions;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.accounts.AccountEvent.PasswordChanged;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** An account gets another password: its owner is told, and sessions end. */
@Component
public class SetPassword {

  /**
   * The new password.
   *
   * @param method by what the person proved who they are
   * @param replacedHash of the password that it takes the place of; null: of whatever there is
   * @param keptSessionId the session that goes on; null: none does
   */
  public record Command(
      String passwordHash,
      LoginMethod method,
      @Nullable String replacedHash,
      @Nullable UUID keptSessionId) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  private final Accounts accounts;
  private final EndSessions endSessions;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  SetPassword(
      Accounts accounts,
      EndSessions endSessions,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.accounts = accounts;
    this.endSessions = endSessions;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Sets it in the caller's transaction, for whoever has proved to be the account's owner.
   *
   * @throws RuleViolation 401 {@code invalid-credentials} when another password was set meanwhile,
   *     or the account disabled
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command, Proof proof) {
    Instant now = clock.instant();
    Account changed =
        accounts
            .lock(proof.accountId())
            .filter(account -> !account.isDisabled())
            .filter(account ->
                command.replacedHash() == null
                    || command.replacedHash().equals(account.passwordHash()))
            .orElseThrow(() -> AccountsProblem.INVALID_CREDENTIALS.violation())
            .withPassword(command.passwordHash(), now);
    accounts.save(changed);
    endSessions.handle(changed.id(), command.keptSessionId());
    outbox.append(changed.toEvent());
    outbox.append(new PasswordChanged(changed.id(), Ids.next(), now));
    auditTrail.recordBy(
        changed.id(),
        "password.changed",
        "account",
        changed.id().toString(),
        null,
        Map.of("method", ContractsJson.kebabCase(command.method())));
  }
}
