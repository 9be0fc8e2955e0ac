package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.limits.Limit;
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
  private final KnownPlaces knownPlaces;
  private final TransactionTemplate transaction;
  private final PasswordResets resets;
  private final LinkTokens tokens;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  RequestPasswordReset(
      RequestLimits limits,
      KnownPlaces knownPlaces,
      TransactionTemplate transaction,
      PasswordResets resets,
      LinkTokens tokens,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.limits = limits;
    this.knownPlaces = knownPlaces;
    this.transaction = transaction;
    this.resets = resets;
    this.tokens = tokens;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Sends a link, or pretends to; an older one does not count any more. Limits are those of
   * log-ins: by address and network, by network, and by address over all networks from which its
   * owner has never got in, so that strangers cannot keep an owner from it. They count whether the
   * address has an account or not.
   *
   * @throws RuleViolation 429 {@code too-many-requests}
   */
  public void handle(Command command, RequestOrigin origin) {
    String email = command.email();
    boolean ownersPlace =
        knownPlaces.areOwners(resets.findAccount(email).orElse(null), origin.network());
    limits.take(Limit.PASSWORD_RESET_ADDRESS, origin);
    limits.take(Limit.PASSWORD_RESET, email + " from " + origin.allotment());
    if (!ownersPlace) {
      limits.take(Limit.PASSWORD_RESET_ACCOUNT, email);
    }
    transaction.executeWithoutResult(_ -> {
      resets
          .lockVerified(email)
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
    if (resets.replace(reset, tokens.passwordReset(requestId).sha256())) {
      outbox.append(
          new PasswordResetRequested(accountId, requestId, reset.requestedAt(), reset.expiresAt()));
    }
  }
}
