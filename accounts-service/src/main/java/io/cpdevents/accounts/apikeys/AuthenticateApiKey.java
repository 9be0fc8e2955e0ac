package io.cpdevents.accounts.apikeys;

import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.Occasions;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.audit.AuditTrail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A program proves by an API key for whom it acts. Every attempt goes through here: a success is
 * noted on the key, a key that has ended and is still tried in its organization's audit log.
 */
@Component
public class AuthenticateApiKey {

  /** "Last used" is only displayed, so it is written no more often than this. */
  private static final Duration MIN_LAST_USE_INTERVAL = Duration.ofMinutes(1);

  private final ApiKeys apiKeys;
  private final Occasions occasions;
  private final TransactionTemplate transaction;
  private final AuditTrail auditTrail;
  private final Clock clock;

  AuthenticateApiKey(
      ApiKeys apiKeys,
      Occasions occasions,
      TransactionTemplate transaction,
      AuditTrail auditTrail,
      Clock clock) {
    this.apiKeys = apiKeys;
    this.occasions = occasions;
    this.transaction = transaction;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /** The key, after recording that it was used now; empty when there is none or it has ended. */
  public Optional<LiveApiKey> handle(OpaqueToken sent, RequestOrigin origin) {
    Instant now = clock.instant();
    Optional<ApiKey> found = apiKeys.find(sent.sha256());
    Optional<ApiKey> live = found.filter(key -> key.countsAt(now));
    live.filter(key -> isOld(key, now))
        .ifPresent(key -> apiKeys.saveLastUse(key.id(), origin.ipAddress(), now));
    found
        .filter(key -> !key.countsAt(now))
        .filter(key -> occasions.take(Limit.API_KEY_REFUSED, key.id().toString()))
        .ifPresent(this::recordRefusal);
    return live.map(key ->
        new LiveApiKey(
            key.id(), key.organizationId(), ContractsJson.kebabCase(key.role()), key.madeBy()));
  }

  private static boolean isOld(ApiKey key, Instant now) {
    return key.lastUsedAt() == null || key.lastUsedAt().isBefore(now.minus(MIN_LAST_USE_INTERVAL));
  }

  private void recordRefusal(ApiKey key) {
    transaction.executeWithoutResult(_ ->
        auditTrail.record(
            "api-key.refused", "api-key", key.id().toString(), key.organizationId(), Map.of()));
  }
}
