package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.web.IfMatch;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person changes their name, language or time zone. */
@Component
public class ChangeProfile {

  /**
   * What is asked for.
   *
   * @param seen the version that the person has seen
   * @param change makes the new details from those of the locked account
   */
  public record Command(UUID accountId, IfMatch seen, UnaryOperator<ProfileDetails> change) {}

  private final Accounts accounts;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  ChangeProfile(Accounts accounts, Outbox outbox, AuditTrail auditTrail, Clock clock) {
    this.accounts = accounts;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Changes the profile; details that are equal to the present ones change nothing.
   *
   * @throws RuleViolation 404 {@code account-not-found}, 412 {@code changed-meanwhile}, 400 {@code
   *     invalid-request}
   */
  @Transactional
  public void handle(Command command) {
    Account account =
        accounts
            .lock(command.accountId())
            .orElseThrow(() -> AccountsProblem.ACCOUNT_NOT_FOUND.violation());
    command.seen().require(account.version());
    ProfileDetails wanted = command.change().apply(account.details());
    String name = wanted.name();
    Preferences preferences = Preferences.of(wanted.locale(), wanted.timeZone());
    if (name.equals(account.name()) && preferences.equals(account.preferences())) {
      return;
    }
    Account changed = account.renamed(name, preferences, clock.instant());
    accounts.save(changed);
    outbox.append(changed.toEvent());
    auditTrail.record(
        "profile.changed",
        "account",
        changed.id().toString(),
        null,
        Map.of(
            "name", said(account.name(), name),
            "preferences", said(account.preferences(), preferences)));
  }

  private static String said(Object before, Object after) {
    return before.equals(after) ? "kept" : "changed";
  }
}
