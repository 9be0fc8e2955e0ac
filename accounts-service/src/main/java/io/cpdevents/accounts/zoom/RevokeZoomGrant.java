package io.cpdevents.accounts.zoom;

import io.cpdevents.accounts.zoom.ZoomConnections.Held;
import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Zoom is told that a connection has ended, and then its tokens are removed. */
@Component
public class RevokeZoomGrant {

  private final ZoomConnections connections;
  private final ZoomOauth zoom;
  private final ZoomVault vault;
  private final RefreshZoomTokens refresh;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final SystemTime systemTime;

  RevokeZoomGrant(
      ZoomConnections connections,
      ZoomOauth zoom,
      ZoomVault vault,
      RefreshZoomTokens refresh,
      TransactionTemplate transaction,
      Clock clock,
      SystemTime systemTime) {
    this.connections = connections;
    this.zoom = zoom;
    this.vault = vault;
    this.refresh = refresh;
    this.transaction = transaction;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /**
   * Takes it back. Doing so twice is no error: what counts no more is taken back.
   *
   * @throws ZoomUnavailable when the outcome is not known: it has to be done again
   */
  public void handle(UUID connectionId) {
    connections
        .findHeld(connectionId)
        .filter(held -> held.connection().status() == ZoomConnectionStatus.DISCONNECTING)
        .ifPresent(held -> {
          // Taking it back could end what the same person has allowed for another organization.
          if (!connections.isUser(held.connection().zoomUserId(), connectionId)) {
            accessTokenOf(held).ifPresent(this::revoke);
          }
          transaction.executeWithoutResult(_ -> end(connectionId));
        });
  }

  /** Zoom takes back by an access token that counts; empty when the grant does not any more. */
  private Optional<String> accessTokenOf(Held held) {
    if (held.accessTokenExpiresAt().isAfter(systemTime.now())) {
      return Optional.of(
          vault.open(held.connection().organizationId(), held.sealed()).accessToken());
    }
    return refresh.handle(held.connection().id());
  }

  private void revoke(String accessToken) {
    try {
      zoom.revoke(accessToken);
    } catch (ZoomRefused refused) {
      // It counts no more, which is what was wanted.
    }
  }

  private void end(UUID connectionId) {
    connections
        .lock(connectionId)
        .ifPresent(connection ->
            connection
                .after(ZoomConnectionStatus.Trigger.GRANT_REVOKED)
                .ifPresent(to -> connections.move(connection, to, clock.instant())));
  }
}
