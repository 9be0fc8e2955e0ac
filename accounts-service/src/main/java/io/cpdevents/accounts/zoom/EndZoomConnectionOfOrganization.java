package io.cpdevents.accounts.zoom;

import io.cpdevents.accounts.members.OrganizationEnd;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** An organization is closed, and with it goes what was allowed at Zoom for it. */
@Component
class EndZoomConnectionOfOrganization implements OrganizationEnd {

  private final ZoomConnections connections;
  private final EndZoomConnection endConnection;
  private final AuditTrail auditTrail;

  EndZoomConnectionOfOrganization(
      ZoomConnections connections, EndZoomConnection endConnection, AuditTrail auditTrail) {
    this.connections = connections;
    this.endConnection = endConnection;
    this.auditTrail = auditTrail;
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID organizationId) {
    connections
        .lockPresent(organizationId)
        .ifPresent(connection ->
            connection
                .after(ZoomConnectionStatus.Trigger.DISCONNECTION_REQUESTED)
                .ifPresent(to -> end(connection, to)));
  }

  private void end(ZoomConnection connection, ZoomConnectionStatus to) {
    endConnection.handle(connection, to);
    auditTrail.record(
        "zoom-connection.ended",
        "zoom-connection",
        connection.id().toString(),
        connection.organizationId(),
        new Change(Map.of("status", ContractsJson.kebabCase(connection.status())), Map.of())
            .with(Map.of("cause", "organization-closed")));
  }
}
