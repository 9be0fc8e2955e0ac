package io.cpdevents.accounts.zoom;

import io.cpdevents.accounts.members.LostRights;
import io.cpdevents.accounts.members.RoleLoss;
import io.cpdevents.contracts.accounts.MemberEvent.ZoomConnectionBroken;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A member leaves, and with them goes what they have allowed at Zoom in their own name: nobody's
 * account there is used once they do not belong to the organization. The owner is told.
 */
@Component
class EndZoomConnectionOfMember implements RoleLoss {

  private final ZoomConnections connections;
  private final EndZoomConnection endConnection;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  EndZoomConnectionOfMember(
      ZoomConnections connections,
      EndZoomConnection endConnection,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.connections = connections;
    this.endConnection = endConnection;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(LostRights lost) {
    if (lost.left() == null) {
      connections
          .lockPresent(lost.organizationId())
          .filter(connection -> connection.connectedBy().equals(lost.accountId()))
          .ifPresent(connection ->
              connection
                  .after(ZoomConnectionStatus.Trigger.CONNECTOR_LEFT)
                  .ifPresent(to -> end(connection, to)));
    }
  }

  private void end(ZoomConnection connection, ZoomConnectionStatus to) {
    endConnection.handle(connection, to);
    outbox.append(
        new ZoomConnectionBroken(connection.id(), connection.organizationId(), clock.instant()));
    auditTrail.record(
        "zoom-connection.ended",
        "zoom-connection",
        connection.id().toString(),
        connection.organizationId(),
        new Change(Map.of("status", "connected"), Map.of()));
  }
}
