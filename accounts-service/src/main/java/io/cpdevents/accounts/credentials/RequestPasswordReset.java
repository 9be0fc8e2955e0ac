package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.Occasions;
import io.cpdevents.accounts.limits.RequestLimits;
import io.cpdevents.accounts.logins.KnownPlaces;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.contracts.accounts.AccountEvent.PasswordResetRequested;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A person has forgotten the password and is sent a link; the answer does not show whether one is
 * sent.
 */
@Component
public class RequestPasswordReset {

  /**
   * Who has forgotten it.
   *
   * @param requestId the same for every repetition of one request
   * @param email normalized
   */
  public record Command(UUID requestId, String email) {}

  private final RequestLimits limits;
  private final Occasions occasions;
  private final KnownPlaces knownPlaces;
  private final TransactionTemplate transaction;
  private final PasswordResets resets;
  private final LinkTokens tokens;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  RequestPasswordReset(
      RequestLimits limits,
      Occasions occasions,
      KnownPlaces knownPlaces,
      TransactionTemplate transaction,
      PasswordResets resets,
      LinkTokens tokens,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.limits = limits;
    this.occasions = occasions;
    this.knownPlaces = knownPlaces;
    this.transaction = transaction;
    this.resets = resets;
    this.tokens = tokens;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Sends a link, or pretends to. Older ones go on counting: whoever asks for an address that is
   * not theirs ends nothing that its owner has asked for. Limits are those of log-ins: by address
   * and network, and by network. By address over all networks from which its owner has never got in
   * nothing more is sent beyond a number a day, which neither keeps an owner from it nor tells
   * anybody what others ask for. They count whether the address has an account or not.
   *
   * @throws RuleViolation 429 {@code too-many-requests}
   */
  public void handle(Command command, RequestOrigin origin) {
    String email = command.email();
    boolean ownersPlace = knownPlaces.areOwners(resets.findAccount(email).orElse(null), origin);
    limits.take(Limit.PASSWORD_RESET_ADDRESS, origin);
    limits.take(Limit.PASSWORD_RESET, email + " from " + origin.allotment());
    boolean isSent = ownersPlace || occasions.take(Limit.PASSWORD_RESET_ACCOUNT, email);
    transaction.executeWithoutResult(_ -> {
      resets
          .lockVerified(email)
          .filter(_ -> isSent)
          .ifPresent(accountId -> issue(command.requestId(), accountId, origin));
      // The entry is written in both cases, so that both take as long. It lacks the address.
      auditTrail.record(
          "password-reset.requested",
          "password-reset",
          command.requestId().toString(),
          null,
          Map.of());
    });
  }

  private void issue(UUID requestId, UUID accountId, RequestOrigin origin) {
    PasswordReset reset = PasswordReset.requested(requestId, accountId, origin, clock.instant());
    if (resets.add(reset, tokens.passwordReset(requestId).sha256())) {
      outbox.append(
          new PasswordResetRequested(accountId, requestId, reset.requestedAt(), reset.expiresAt()));
    }
  }
}
