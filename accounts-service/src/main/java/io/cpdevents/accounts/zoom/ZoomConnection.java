package io.cpdevents.accounts.zoom;

import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An organization's connection with Zoom.
 *
 * @param zoomUserId who has allowed it, as Zoom calls them
 * @param connectedAs their e-mail address at Zoom
 * @param scopes what they have allowed, by blanks
 * @param connectedBy the account of the member who has connected
 */
record ZoomConnection(
    UUID id,
    UUID organizationId,
    ZoomConnectionStatus status,
    String zoomUserId,
    String connectedAs,
    String scopes,
    UUID connectedBy,
    Instant connectedAt) {

  /** What it is after this; empty when that changes nothing. */
  Optional<ZoomConnectionStatus> after(ZoomConnectionStatus.Trigger trigger) {
    return switch (ZoomConnectionStatus.TRANSITIONS.next(status, trigger)) {
      case Changed<ZoomConnectionStatus>(ZoomConnectionStatus to, _) -> Optional.of(to);
      case Ignored<ZoomConnectionStatus> _ -> Optional.empty();
    };
  }

  /** What it is after another one has taken its place. */
  ZoomConnectionStatus afterReplacementBy(String otherZoomUserId) {
    if (status != ZoomConnectionStatus.CONNECTED) {
      return after(ZoomConnectionStatus.Trigger.REPLACED).orElse(status);
    }
    ZoomConnectionStatus chosen =
        zoomUserId.equals(otherZoomUserId)
            ? ZoomConnectionStatus.DISCONNECTED
            : ZoomConnectionStatus.DISCONNECTING;
    return ZoomConnectionStatus.TRANSITIONS
        .next(status, ZoomConnectionStatus.Trigger.REPLACED, chosen)
        .to();
  }

  @Override
  public String toString() {
    return "ZoomConnection[" + id + "]";
  }
}
