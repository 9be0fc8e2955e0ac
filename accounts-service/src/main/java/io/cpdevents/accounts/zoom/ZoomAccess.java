package io.cpdevents.accounts.zoom;

import io.cpdevents.accounts.zoom.ZoomConnections.Held;
import io.cpdevents.platform.time.SystemTime;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Calls Zoom for an organization with a token that counts. */
@Component
public class ZoomAccess {

  /** A token with less than this left is renewed first: it is to last for the call. */
  private static final Duration MIN_TOKEN_LIFE = Duration.ofMinutes(1);

  private final ZoomConnections connections;
  private final ZoomVault vault;
  private final RefreshZoomTokens refresh;
  private final SystemTime systemTime;

  ZoomAccess(
      ZoomConnections connections,
      ZoomVault vault,
      RefreshZoomTokens refresh,
      SystemTime systemTime) {
    this.connections = connections;
    this.vault = vault;
    this.refresh = refresh;
    this.systemTime = systemTime;
  }

  /**
   * Calls with the access token of a connection. When Zoom does not take it, it is renewed, once,
   * and the call is made again.
   *
   * @throws ZoomNotReached when there is no token that counts now: the call is to be made later
   */
  public <T> T call(UUID connectionId, Function<String, T> request) {
    try {
      return request.apply(present(connectionId));
    } catch (ZoomUnauthorized unauthorized) {
      return again(connectionId, request);
    }
  }

  private <T> T again(UUID connectionId, Function<String, T> request) {
    try {
      return request.apply(renewed(connectionId));
    } catch (ZoomUnauthorized unauthorized) {
      throw new ZoomNotReached("a token that was just renewed is not taken", unauthorized);
    }
  }

  private String present(UUID connectionId) {
    Held held =
        connections
            .findHeld(connectionId)
            .filter(found -> found.connection().status() == ZoomConnectionStatus.CONNECTED)
            .orElseThrow(() -> new ZoomNotReached("the connection has ended", null));
    return held.accessTokenExpiresAt().isAfter(systemTime.now().plus(MIN_TOKEN_LIFE))
        ? vault.open(held.connection().organizationId(), held.sealed()).accessToken()
        : renewed(connectionId);
  }

  private String renewed(UUID connectionId) {
    try {
      return refresh
          .handle(connectionId)
          .orElseThrow(() -> new ZoomNotReached("the connection is broken", null));
    } catch (ZoomUnavailable unavailable) {
      throw new ZoomNotReached("the token cannot be renewed now", unavailable);
    }
  }
}
