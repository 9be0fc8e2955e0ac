package io.cpdevents.accounts.zoom;

import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * An owner or admin goes to Zoom, to allow that meetings are made for the organization's events.
 */
@Component
public class BeginZoomAuthorization {

  /** For whom, and where Zoom's page leads in the end. */
  public record Command(UUID organizationId, String returnUrl) {}

  private final Memberships memberships;
  private final ZoomSettings settings;
  private final ZoomAuthorizations authorizations;
  private final ZoomAuthorizationSecrets secrets;
  private final ZoomRedirect redirect;
  private final AuditTrail auditTrail;
  private final Clock clock;

  BeginZoomAuthorization(
      Memberships memberships,
      ZoomSettings settings,
      ZoomAuthorizations authorizations,
      ZoomAuthorizationSecrets secrets,
      ZoomRedirect redirect,
      AuditTrail auditTrail,
      Clock clock) {
    this.memberships = memberships;
    this.settings = settings;
    this.authorizations = authorizations;
    this.secrets = secrets;
    this.redirect = redirect;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Answers with the address of Zoom's page. Whoever comes back from there with this very session
   * within ten minutes has connected the organization; the address of an earlier time counts no
   * more.
   *
   * @throws RuleViolation 404 {@code organization-not-found}, 403 {@code role-missing}, 409 {@code
   *     zoom-not-offered}
   */
  @Transactional
  public URI handle(Command command, Caller caller) {
    memberships.requireRole(
        caller,
        command.organizationId(),
        CommonProblem.ORGANIZATION_NOT_FOUND,
        OrganizationRole.ADMIN);
    settings.requireOffered();
    UUID id = Ids.next();
    authorizations.add(
        new ZoomAuthorization(
            id,
            command.organizationId(),
            caller.sessionId(),
            command.returnUrl(),
            clock.instant().plus(ZoomAuthorization.LIFETIME)),
        secrets.stateOf(id).sha256());
    auditTrail.record(
        "zoom-connection.requested",
        "organization",
        command.organizationId().toString(),
        command.organizationId(),
        Map.of());
    return addressFor(id);
  }

  private URI addressFor(UUID id) {
    return UriComponentsBuilder.fromUriString(settings.authorizeUrl())
        .queryParam("response_type", "code")
        .queryParam("client_id", encoded(settings.clientId()))
        .queryParam("redirect_uri", encoded(redirect.uri()))
        .queryParam("state", secrets.stateOf(id).value())
        .queryParam("code_challenge", secrets.challengeOf(id))
        .queryParam("code_challenge_method", "S256")
        .build(true)
        .toUri();
  }

  private static String encoded(String value) {
    return UriUtils.encode(value, StandardCharsets.UTF_8);
  }
}
