package io.cpdevents.accounts.zoom;

import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin ends the organization's connection with Zoom. */
@Component
public class DisconnectZoom {

  private final Memberships memberships;
  private final ZoomConnections connections;
  private final EndZoomConnection endConnection;
  private final AuditTrail auditTrail;

  DisconnectZoom(
      Memberships memberships,
      ZoomConnections connections,
      EndZoomConnection endConnection,
      AuditTrail auditTrail) {
    this.memberships = memberships;
    this.connections = connections;
    this.endConnection = endConnection;
    this.auditTrail = auditTrail;
  }

  /**
   * Ends it at once here; Zoom is told as soon as it can be, and then the tokens are removed. Doing
   * so twice is no error.
   *
   * @throws RuleViolation 404 {@code organization-not-found}, 403 {@code role-missing}
   */
  @Transactional
  public void handle(UUID organizationId, Caller caller) {
    memberships.requireRole(
        caller, organizationId, CommonProblem.ORGANIZATION_NOT_FOUND, OrganizationRole.ADMIN);
    connections
        .lockPresent(organizationId)
        .ifPresent(connection ->
            connection
                .after(ZoomConnectionStatus.Trigger.DISCONNECTION_REQUESTED)
                .ifPresent(to -> {
                  endConnection.handle(connection, to);
                  auditTrail.record(
                      "zoom-connection.ended",
                      "zoom-connection",
                      connection.id().toString(),
                      organizationId,
                      new Change(
                          Map.of("status", ContractsJson.kebabCase(connection.status())),
                          Map.of()));
                }));
  }
}
