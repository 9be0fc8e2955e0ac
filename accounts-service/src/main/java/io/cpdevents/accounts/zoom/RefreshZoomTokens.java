package io.cpdevents.accounts.zoom;

import io.cpdevents.accounts.zoom.ZoomConnections.Held;
import io.cpdevents.accounts.zoom.ZoomConnections.Lease;
import io.cpdevents.accounts.zoom.ZoomConnections.StoredTokens;
import io.cpdevents.contracts.accounts.MemberEvent.ZoomConnectionBroken;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.jobs.BackOff;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A connection gets new tokens of Zoom. Zoom takes each refresh token once, so only one is asked
 * for at a time. If the answer is lost, or the service dies before it is saved, the same refresh
 * token is sent again: if Zoom had not taken it, all is well; if it had, it says so, the connection
 * is broken, and the owner is told by mail. Nobody tries any further.
 */
@Component
class RefreshZoomTokens {

  /** Zoom forgets a refresh token after 90 days. */
  static final Duration KEEP_ALIVE_INTERVAL = Duration.ofDays(30);

  /** Longer than a call takes at most: whoever is not back by then is not coming. */
  static final Duration MAX_REFRESH_TIME = Duration.ofMinutes(1);

  /** After a crash, and also of one that fails each time: others are not to wait for it. */
  static final Duration CRASH_RETRY_INTERVAL = Duration.ofMinutes(5);

  private static final BackOff RETRIES = new BackOff(Duration.ofMinutes(1), Duration.ofHours(6));

  private final ZoomConnections connections;
  private final ZoomOauth zoom;
  private final ZoomVault vault;
  private final TransactionTemplate transaction;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;
  private final SystemTime systemTime;

  RefreshZoomTokens(
      ZoomConnections connections,
      ZoomOauth zoom,
      ZoomVault vault,
      TransactionTemplate transaction,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock,
      SystemTime systemTime) {
    this.connections = connections;
    this.zoom = zoom;
    this.vault = vault;
    this.transaction = transaction;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /**
   * Renews them; answers the new access token, or empty when Zoom honours the connection no more.
   *
   * @throws ZoomUnavailable when the outcome is not known, or another one is at it
   */
  Optional<String> handle(UUID connectionId) {
    Instant started = systemTime.now();
    Lease lease =
        new Lease(
            Ids.next(),
            started,
            started.plus(MAX_REFRESH_TIME),
            clock.instant().plus(CRASH_RETRY_INTERVAL));
    Held held =
        Objects.requireNonNull(transaction.execute(_ -> connections.lease(connectionId, lease)))
            .orElseThrow(() -> new ZoomUnavailable("a refresh, which is under way", null));
    UUID organizationId = held.connection().organizationId();
    try {
      ZoomTokens fresh = zoom.refresh(vault.open(organizationId, held.sealed()).refreshToken());
      StoredTokens stored =
          new StoredTokens(
              vault.seal(organizationId, fresh),
              systemTime.now().plus(fresh.life()),
              clock.instant().plus(KEEP_ALIVE_INTERVAL));
      transaction.executeWithoutResult(
          _ -> connections.saveTokens(connectionId, lease.id(), stored));
      return Optional.of(fresh.accessToken());
    } catch (ZoomRefused refused) {
      transaction.executeWithoutResult(_ -> endGrant(connectionId, lease.id()));
      return Optional.empty();
    } catch (ZoomUnavailable unavailable) {
      transaction.executeWithoutResult(_ ->
          connections.postpone(
              connectionId,
              lease.id(),
              clock.instant().plus(RETRIES.after(connections.failures(connectionId)))));
      throw unavailable;
    }
  }

  /**
   * Whoever is late has sent a refresh token that another one has used since: that ends nothing.
   */
  private void endGrant(UUID connectionId, UUID leaseId) {
    connections
        .lockLeased(connectionId, leaseId)
        .ifPresent(connection ->
            connection
                .after(ZoomConnectionStatus.Trigger.GRANT_REFUSED)
                .ifPresent(to -> markBroken(connection, to)));
  }

  private void markBroken(ZoomConnection connection, ZoomConnectionStatus to) {
    Instant now = clock.instant();
    connections.move(connection, to, now);
    outbox.append(new ZoomConnectionBroken(connection.id(), connection.organizationId(), now));
    auditTrail.record(
        "zoom-connection.broken",
        "zoom-connection",
        connection.id().toString(),
        connection.organizationId(),
        new Change(Map.of("status", "connected"), Map.of("status", "broken")));
  }
}
