package io.cpdevents.accounts.accounts;

import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person changes their name, language or time zone. */
@Component
public class ChangeProfile {

  /** What is to change; null leaves it as it is. */
  public record Command(UUID accountId, @Nullable String name, Preferences preferences) {}

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
   * Changes what differs.
   *
   * @throws RuleViolation 404 {@code account-not-found}
   */
  @Transactional
  public void handle(Command command) {
    Account account =
        accounts
            .lock(command.accountId())
            .orElseThrow(() -> RuleViolation.notFound("account-not-found"));
    String name = either(command.name(), account.name());
    Preferences preferences =
        new Preferences(
            command.preferences().locale() == null
                ? account.preferences().locale()
                : command.preferences().locale(),
            command.preferences().timeZone() == null
                ? account.preferences().timeZone()
                : command.preferences().timeZone());
    if (name.equals(account.name()) && preferences.equals(account.preferences())) {
      return;
    }
    Account changed = account.renamed(name, preferences, clock.instant());
    accounts.update(changed);
    outbox.append(changed.toEvent());
    auditTrail.record("profile.changed", "account", changed.id().toString(), null, Map.of());
  }

  private static String either(@Nullable String wanted, String present) {
    return wanted == null ? present : wanted;
  }
}
