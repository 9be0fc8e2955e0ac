package io.cpdevents.accounts.zoom.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.zoom.BeginZoomAuthorization;
import io.cpdevents.accounts.zoom.CompleteZoomAuthorization;
import io.cpdevents.accounts.zoom.DisconnectZoom;
import io.cpdevents.accounts.zoom.ZoomConnectionQueries;
import io.cpdevents.accounts.zoom.ZoomConnectionQueries.ZoomConnectionView;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.text.ReturnAddress;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Connections with Zoom over HTTP. */
@Tag(name = "Zoom", description = "Organizations' connections with Zoom.")
@RestController
@RequestMapping("/api/v1")
class ZoomController {

  /** Of a state: 32 bytes as base64url. */
  private static final int MAX_STATE_CHARACTERS = 100;

  /** More than Zoom's codes have. */
  private static final int MAX_CODE_CHARACTERS = 2_000;

  private static final int MAX_ERROR_CHARACTERS = 1_000;

  /**
   * Where Zoom's page leads back to in the end, with {@code zoom=connected}, {@code declined} or
   * {@code failed} in its query.
   */
  @Schema(name = "NewZoomConnection")
  record ZoomConnectionRequest(@NotBlank @ReturnAddress String returnUrl) implements FieldRules {

    /** What Stripe's pages fill in, which no address may contain, and nobody fills in here. */
    private static final String PLACEHOLDER = "{";

    @Override
    public List<FieldError> brokenRules() {
      return hasPlaceholder(returnUrl)
          ? List.of(FieldProblem.WRONG_FORMAT.at("returnUrl"))
          : List.of();
    }

    private static boolean hasPlaceholder(@Nullable String url) {
      return url != null && url.contains(PLACEHOLDER);
    }
  }

  /**
   * A page of Zoom.
   *
   * @param url works once, for ten minutes, for whoever comes back in the same session
   */
  @Schema(name = "ZoomPage")
  record ZoomPageView(String url) {}

  private final BeginZoomAuthorization beginAuthorization;
  private final CompleteZoomAuthorization completeAuthorization;
  private final DisconnectZoom disconnectZoom;
  private final ZoomConnectionQueries connections;
  private final Memberships memberships;

  ZoomController(
      BeginZoomAuthorization beginAuthorization,
      CompleteZoomAuthorization completeAuthorization,
      DisconnectZoom disconnectZoom,
      ZoomConnectionQueries connections,
      Memberships memberships) {
    this.beginAuthorization = beginAuthorization;
    this.completeAuthorization = completeAuthorization;
    this.disconnectZoom = disconnectZoom;
    this.connections = connections;
    this.memberships = memberships;
  }

  @Operation(summary = "Whether an organization is connected with Zoom (owner, admin)")
  @GetMapping("/organizations/{organizationId}/zoom")
  @OrganizationEndpoint(value = OrganizationRole.ADMIN, apiKeys = false)
  ZoomConnectionView getZoomConnection(@PathVariable UUID organizationId, Caller caller) {
    memberships.requireRole(
        caller, organizationId, CommonProblem.ORGANIZATION_NOT_FOUND, OrganizationRole.ADMIN);
    return connections.of(organizationId);
  }

  @Refuses(AccountsProblem.ZOOM_NOT_OFFERED)
  @Operation(
      summary = "Get the address of the page on which Zoom is connected (owner, admin)",
      description =
          "Open it in the browser that has the session: who comes back with another one connects nothing. A connection that is there stays until then.")
  @PutMapping("/organizations/{organizationId}/zoom")
  @ResponseStatus(HttpStatus.CREATED)
  @OrganizationEndpoint(value = OrganizationRole.ADMIN, apiKeys = false)
  ResponseEntity<ZoomPageView> connectZoom(
      @PathVariable UUID organizationId,
      @Valid @RequestBody ZoomConnectionRequest body,
      Caller caller) {
    URI page =
        beginAuthorization.handle(
            new BeginZoomAuthorization.Command(organizationId, body.returnUrl()), caller);
    return ResponseEntity.created(page).body(new ZoomPageView(page.toString()));
  }

  @Operation(summary = "End the connection with Zoom (owner, admin)")
  @DeleteMapping("/organizations/{organizationId}/zoom")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @OrganizationEndpoint(value = OrganizationRole.ADMIN, apiKeys = false)
  void disconnectZoom(@PathVariable UUID organizationId, Caller caller) {
    disconnectZoom.handle(organizationId, caller);
  }

  /** Zoom sends browsers here, and nobody else comes. */
  @Refuses(AccountsProblem.ZOOM_AUTHORIZATION_INVALID)
  @RefusesCommonly({CommonProblem.ORGANIZATION_NOT_FOUND, CommonProblem.ROLE_MISSING})
  @Operation(
      summary = "Where Zoom's page leads back to",
      description =
          "For browsers that come from Zoom, with the session that has asked for its page. Leads on to the `returnUrl` with `zoom=connected`, `declined` or `failed` in its query.")
  @GetMapping("/zoom/callback")
  @ResponseStatus(HttpStatus.SEE_OTHER)
  @AccountEndpoint
  ResponseEntity<Void> completeZoomConnection(
      @Parameter(description = "As it was sent to Zoom.")
          @RequestParam
          @OneLine(max = MAX_STATE_CHARACTERS)
          String state,
      @Parameter(description = "What is exchanged for tokens; left out when it was declined.")
          @RequestParam(required = false)
          @OneLine(max = MAX_CODE_CHARACTERS)
          @Nullable String code,
      @Parameter(description = "Why there is no code.")
          @RequestParam(required = false)
          @OneLine(max = MAX_ERROR_CHARACTERS)
          @Nullable String error,
      @Parameter(description = "The same in words.")
          @RequestParam(name = "error_description", required = false)
          @OneLine(max = MAX_ERROR_CHARACTERS)
          @Nullable String errorDescription,
      Caller caller) {
    URI next =
        completeAuthorization.handle(
            new CompleteZoomAuthorization.Command(
                new OpaqueToken(state), error == null ? code : null),
            caller);
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(next).build();
  }
}
