package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.logins.Proof;
import io.cpdevents.contracts.Topic;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.Map;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** An account gets another e-mail address, whose mails its owner reads. */
@Component
public class SetEmail {

  private final Accounts accounts;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  SetEmail(Accounts accounts, Outbox outbox, AuditTrail auditTrail, Clock clock) {
    this.accounts = accounts;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Sets it in the caller's transaction; answers the address before. Whoever has signed up with the
   * new one and never followed the link does not keep it from its owner.
   *
   * @throws RuleViolation 409 {@code email-taken}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public String handle(String newEmail, Proof proof) {
    accounts
        .removeUnverified(newEmail)
        .ifPresent(removed -> {
          outbox.appendTombstone(Topic.ACCOUNTS_PROFILES, removed.toString());
          auditTrail.record("account.removed", "account", removed.toString(), null, Map.of());
        });
    Account account =
        accounts
            .lock(proof.accountId())
            .orElseThrow(() -> AccountsProblem.ACCOUNT_NOT_FOUND.violation());
    if (accounts.find(newEmail).isPresent()) {
      throw AccountsProblem.EMAIL_TAKEN.violation();
    }
    Account changed = account.withEmail(newEmail, clock.instant());
    try {
      accounts.save(changed);
    } catch (DuplicateKeyException takenAtThisMoment) {
      throw AccountsProblem.EMAIL_TAKEN.violation();
    }
    outbox.append(changed.toEvent());
    auditTrail.recordBy(
        changed.id(), "email.changed", "account", changed.id().toString(), null, Map.of());
    return account.email();
  }
}
