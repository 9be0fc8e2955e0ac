package io.cpdevents.accounts.apikeys.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.apikeys.ApiKeyQueries;
import io.cpdevents.accounts.apikeys.ApiKeyQueries.ApiKeyView;
import io.cpdevents.accounts.apikeys.MakeApiKey;
import io.cpdevents.accounts.apikeys.RevokeApiKey;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.idempotency.NeverStored;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "API keys", description = "Keys with which programs act for an organization.")
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/api-keys")
class ApiKeyController {

  private static final int MAX_NAME_CHARACTERS = 100;
  private static final Instant MIN_EXPIRY_TIME = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant MAX_EXPIRY_TIME = Instant.parse("2200-01-01T00:00:00Z");

  /**
   * A key that shall be made.
   *
   * @param role what it may do in the organization
   * @param expiresAt null for never
   */
  @Schema(name = "NewApiKey")
  record ApiKeyRequest(
      @NotBlank @OneLine(max = MAX_NAME_CHARACTERS) @Schema(example = "Our web site") String name,
      @NotNull OrganizationRole role,
      @Nullable @Schema(example = "2037-01-31T00:00:00Z") Instant expiresAt)
      implements FieldRules {

    @Override
    public List<FieldError> brokenRules() {
      boolean isInRange =
          expiresAt == null
              || (expiresAt.isAfter(MIN_EXPIRY_TIME) && expiresAt.isBefore(MAX_EXPIRY_TIME));
      return isInRange ? List.of() : List.of(FieldProblem.OUT_OF_RANGE.at("expiresAt"));
    }
  }

  /**
   * A key that was made.
   *
   * @param key what programs send as {@code Authorization: Bearer}; it is shown this once
   */
  @Schema(name = "MadeApiKey")
  record MadeApiKeyView(
      UUID id,
      String key,
      String name,
      OrganizationRole role,
      String hint,
      Instant madeAt,
      @Nullable Instant expiresAt) {

    static MadeApiKeyView of(ApiKeyView made, OpaqueToken key) {
      return new MadeApiKeyView(
          made.id(),
          key.value(),
          made.name(),
          made.role(),
          made.hint(),
          made.madeAt(),
          made.expiresAt());
    }

    @Override
    public String toString() {
      return "MadeApiKeyView[" + id + "]";
    }
  }

  private final MakeApiKey makeApiKey;
  private final RevokeApiKey revokeApiKey;
  private final ApiKeyQueries apiKeys;
  private final Memberships memberships;

  ApiKeyController(
      MakeApiKey makeApiKey,
      RevokeApiKey revokeApiKey,
      ApiKeyQueries apiKeys,
      Memberships memberships) {
    this.makeApiKey = makeApiKey;
    this.revokeApiKey = revokeApiKey;
    this.apiKeys = apiKeys;
    this.memberships = memberships;
  }

  @Refuses({AccountsProblem.API_KEY_LIMIT_REACHED, AccountsProblem.API_KEY_NOT_FOUND})
  @Operation(
      summary =
          "Make an API key, which is shown this once (owner, admin): an admin makes admin and staff")
  @PostMapping
  @StepUp
  @ResponseStatus(HttpStatus.CREATED)
  @OrganizationEndpoint(value = OrganizationRole.ADMIN, apiKeys = false)
  @NeverStored
  ResponseEntity<MadeApiKeyView> makeApiKey(
      @PathVariable UUID organizationId,
      @Valid @RequestBody ApiKeyRequest body,
      Caller caller,
      Intent intent) {
    OpaqueToken key =
        makeApiKey.handle(
            new MakeApiKey.Command(
                intent.id(),
                organizationId,
                caller.accountId(),
                body.name(),
                body.role(),
                body.expiresAt()));
    return ResponseEntity.created(
            URI.create(
                "/api/v1/organizations/%s/api-keys/%s".formatted(organizationId, intent.id())))
        .body(MadeApiKeyView.of(apiKeys.one(organizationId, intent.id()), key));
  }

  @Refuses({AccountsProblem.API_KEY_NOT_FOUND})
  @Operation(summary = "An API key of an organization (owner, admin)")
  @GetMapping("/{apiKeyId}")
  @OrganizationEndpoint(value = OrganizationRole.ADMIN, apiKeys = false)
  ApiKeyView getApiKey(
      @PathVariable UUID organizationId, @PathVariable UUID apiKeyId, Caller caller) {
    memberships.requireRole(
        caller, organizationId, CommonProblem.ORGANIZATION_NOT_FOUND, OrganizationRole.ADMIN);
    return apiKeys.one(organizationId, apiKeyId);
  }

  @Operation(summary = "The API keys of an organization (owner, admin)")
  @GetMapping
  @OrganizationEndpoint(value = OrganizationRole.ADMIN, apiKeys = false)
  Page<ApiKeyView> listApiKeys(@PathVariable UUID organizationId, Caller caller, PageRequest page) {
    memberships.requireRole(
        caller, organizationId, CommonProblem.ORGANIZATION_NOT_FOUND, OrganizationRole.ADMIN);
    return apiKeys.of(organizationId, page);
  }

  @Refuses({AccountsProblem.API_KEY_NOT_FOUND})
  @Operation(summary = "End an API key, at once (owner, admin)")
  @DeleteMapping("/{apiKeyId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @OrganizationEndpoint(value = OrganizationRole.ADMIN, apiKeys = false)
  void revokeApiKey(@PathVariable UUID organizationId, @PathVariable UUID apiKeyId, Caller caller) {
    revokeApiKey.handle(new RevokeApiKey.Command(organizationId, apiKeyId, caller.accountId()));
  }
}
