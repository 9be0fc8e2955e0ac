package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.Occasions;
import io.cpdevents.accounts.limits.RequestLimits;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.contracts.accounts.AccountEvent.EmailChangeRequested;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A person wants another e-mail address, and is sent a link there. The answer does not show whether
 * somebody has the address.
 */
@Component
public class RequestEmailChange {

  /** How long the link counts. */
  static final Duration LINK_LIFETIME = Duration.ofHours(24);

  /**
   * What is wanted.
   *
   * @param changeId the same for every repetition of one request
   * @param newEmail normalized
   */
  public record Command(UUID changeId, UUID accountId, String newEmail) {}

  private final RequestLimits limits;
  private final Occasions occasions;
  private final TransactionTemplate transaction;
  private final EmailChanges changes;
  private final LinkTokens tokens;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  RequestEmailChange(
      RequestLimits limits,
      Occasions occasions,
      TransactionTemplate transaction,
      EmailChanges changes,
      LinkTokens tokens,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.limits = limits;
    this.occasions = occasions;
    this.transaction = transaction;
    this.changes = changes;
    this.tokens = tokens;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Sends the link, or pretends to when the address is somebody's, or has been sent as many links
   * of the kind as one address is sent a day, whoever asked for them.
   *
   * @throws RuleViolation 404 {@code account-not-found}, 409 {@code same-email}, 429 {@code
   *     too-many-requests}
   */
  public void handle(Command command, RequestOrigin origin) {
    limits.take(Limit.EMAIL_CHANGE, command.accountId().toString());
    limits.take(Limit.VERIFICATION_MAIL, command.newEmail() + " from " + origin.allotment());
    boolean isSent = occasions.take(Limit.VERIFICATION_MAIL_EMAIL, command.newEmail());
    transaction.executeWithoutResult(_ -> {
      String email =
          changes
              .lockAccount(command.accountId())
              .orElseThrow(() -> AccountsProblem.ACCOUNT_NOT_FOUND.violation());
      if (email.equals(command.newEmail())) {
        throw AccountsProblem.SAME_EMAIL.violation();
      }
      if (isSent && !changes.isTaken(command.newEmail())) {
        send(command, origin);
      }
      auditTrail.record(
          "email-change.requested", "account", command.accountId().toString(), null, Map.of());
    });
  }

  private void send(Command command, RequestOrigin origin) {
    Instant now = clock.instant();
    Instant expiresAt = now.plus(LINK_LIFETIME);
    boolean isNew =
        changes.replace(
            new EmailChanges.Wanted(
                command.changeId(),
                command.accountId(),
                command.newEmail(),
                origin,
                now,
                expiresAt),
            tokens.emailChange(command.changeId()).sha256());
    if (isNew) {
      outbox.append(
          new EmailChangeRequested(command.accountId(), command.changeId(), now, expiresAt));
    }
  }
}
