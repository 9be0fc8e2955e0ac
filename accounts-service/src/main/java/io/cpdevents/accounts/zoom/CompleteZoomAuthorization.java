package io.cpdevents.accounts.zoom;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.time.SystemTime;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody comes back from Zoom: from now on the organization is connected, if they allowed it. */
@Component
public class CompleteZoomAuthorization {

  private static final Logger log = LoggerFactory.getLogger(CompleteZoomAuthorization.class);

  /**
   * What Zoom has sent along.
   *
   * @param code null when they did not allow it
   */
  public record Command(OpaqueToken state, @Nullable String code) {}

  /** What came of it, as the page to which they are sent back is told. */
  private enum Outcome {
    CONNECTED,
    DECLINED,
    FAILED
  }

  /** What Zoom has given for the code. */
  private record Grant(ZoomTokens tokens, ZoomUser user) {}

  private final Memberships memberships;
  private final ZoomAuthorizations authorizations;
  private final ZoomAuthorizationSecrets secrets;
  private final ZoomRedirect redirect;
  private final ZoomOauth zoom;
  private final ZoomConnections connections;
  private final ZoomVault vault;
  private final EndZoomConnection endConnection;
  private final TransactionTemplate transaction;
  private final AuditTrail auditTrail;
  private final Clock clock;
  private final SystemTime systemTime;

  CompleteZoomAuthorization(
      Memberships memberships,
      ZoomAuthorizations authorizations,
      ZoomAuthorizationSecrets secrets,
      ZoomRedirect redirect,
      ZoomOauth zoom,
      ZoomConnections connections,
      ZoomVault vault,
      EndZoomConnection endConnection,
      TransactionTemplate transaction,
      AuditTrail auditTrail,
      Clock clock,
      SystemTime systemTime) {
    this.memberships = memberships;
    this.authorizations = authorizations;
    this.secrets = secrets;
    this.redirect = redirect;
    this.zoom = zoom;
    this.connections = connections;
    this.vault = vault;
    this.endConnection = endConnection;
    this.transaction = transaction;
    this.auditTrail = auditTrail;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /**
   * Connects, and answers where to send them. A state counts once, in the session that has begun:
   * who lures somebody else to this address connects nothing. When the service dies between Zoom's
   * answer and ours, nothing is connected, and they begin again.
   *
   * @throws RuleViolation 400 {@code zoom-authorization-invalid}; 404 {@code
   *     organization-not-found} or 403 {@code role-missing} when they have lost their role since
   */
  public URI handle(Command command, Caller caller) {
    ZoomAuthorization begun =
        Objects.requireNonNull(
            transaction.execute(_ ->
                authorizations
                    .take(command.state().sha256(), caller.sessionId(), clock.instant())
                    .orElseThrow(() -> AccountsProblem.ZOOM_AUTHORIZATION_INVALID.violation())));
    memberships.requireRole(
        caller,
        begun.organizationId(),
        CommonProblem.ORGANIZATION_NOT_FOUND,
        OrganizationRole.ADMIN);
    if (command.code() == null) {
      return address(begun, Outcome.DECLINED);
    }
    Optional<Grant> grant = grantFor(begun, command.code());
    grant.ifPresent(given -> connectOrGiveBack(begun, given, caller));
    return address(begun, grant.isPresent() ? Outcome.CONNECTED : Outcome.FAILED);
  }

  private Optional<Grant> grantFor(ZoomAuthorization begun, String code) {
    try {
      ZoomTokens tokens =
          zoom.exchange(code, redirect.uri(), secrets.verifierOf(begun.id()).value());
      return Optional.of(new Grant(tokens, zoom.user(tokens.accessToken())));
    } catch (ZoomRefused | ZoomUnavailable e) {
      log.warn("Organization {} could not be connected with Zoom", begun.organizationId(), e);
      return Optional.empty();
    }
  }

  /** What Zoom has given to somebody who lost their role meanwhile is given back. */
  private void connectOrGiveBack(ZoomAuthorization begun, Grant grant, Caller caller) {
    try {
      transaction.executeWithoutResult(_ -> connect(begun, grant, caller));
    } catch (RuleViolation lost) {
      if (!connections.isUser(grant.user().id(), begun.id())) {
        giveBack(begun, grant);
      }
      throw lost;
    }
  }

  private void giveBack(ZoomAuthorization begun, Grant grant) {
    try {
      zoom.revoke(grant.tokens().accessToken());
    } catch (ZoomRefused | ZoomUnavailable e) {
      log.warn(
          "What Zoom gave for organization {} could not be given back", begun.organizationId(), e);
    }
  }

  private void connect(ZoomAuthorization begun, Grant grant, Caller caller) {
    // Who connects at the same time takes turns; the last one counts.
    memberships.lockAndRequireRole(
        caller.accountId(),
        begun.organizationId(),
        CommonProblem.ORGANIZATION_NOT_FOUND,
        OrganizationRole.ADMIN);
    Instant now = clock.instant();
    connections
        .lockPresent(begun.organizationId())
        .ifPresent(
            former -> endConnection.handle(former, former.afterReplacementBy(grant.user().id())));
    ZoomConnection connection =
        new ZoomConnection(
            Ids.next(),
            begun.organizationId(),
            ZoomConnectionStatus.CONNECTED,
            grant.user().id(),
            grant.user().email(),
            grant.tokens().scopes(),
            caller.accountId(),
            now);
    connections.add(
        connection,
        new ZoomConnections.StoredTokens(
            vault.seal(begun.organizationId(), grant.tokens()),
            systemTime.now().plus(grant.tokens().life()),
            now.plus(RefreshZoomTokens.KEEP_ALIVE_INTERVAL)));
    auditTrail.record(
        "zoom-connection.made",
        "zoom-connection",
        connection.id().toString(),
        connection.organizationId(),
        new Change(Map.of(), Map.of("status", "connected", "scopes", connection.scopes())));
  }

  /** The page of ours that they have named, which is told what came of it. */
  private static URI address(ZoomAuthorization begun, Outcome outcome) {
    String url = begun.returnUrl();
    int hash = url.indexOf('#');
    String page = hash < 0 ? url : url.substring(0, hash);
    String fragment = hash < 0 ? "" : url.substring(hash);
    String word =
        switch (outcome) {
          case CONNECTED -> "connected";
          case DECLINED -> "declined";
          case FAILED -> "failed";
        };
    return URI.create(page + (page.contains("?") ? "&" : "?") + "zoom=" + word + fragment);
  }
}
