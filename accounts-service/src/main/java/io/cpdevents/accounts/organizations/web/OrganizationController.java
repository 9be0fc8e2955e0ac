package io.cpdevents.accounts.organizations.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.organizations.ChangeOrganization;
import io.cpdevents.accounts.organizations.FoundOrganization;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.accounts.organizations.OrganizationDetails;
import io.cpdevents.accounts.organizations.OrganizationQueries;
import io.cpdevents.accounts.organizations.OrganizationQueries.OrganizationView;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.platform.web.MergePatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

@Tag(name = "Organizations", description = "Organizations.")
@RestController
@RequestMapping("/api/v1/organizations")
class OrganizationController {

  private static final OrganizationRole[] ALL = OrganizationRole.values();

  /** An organization to be. */
  @Schema(name = "NewOrganization")
  record FoundingRequest(
      @NotBlank
          @OneLine(max = OrganizationDetails.MAX_NAME_CHARACTERS)
          @Schema(example = "Toronto Academy of Medicine")
          String name) {}

  private final FoundOrganization foundOrganization;
  private final ChangeOrganization changeOrganization;
  private final OrganizationQueries organizations;
  private final Memberships memberships;
  private final MergePatch mergePatch;

  OrganizationController(
      FoundOrganization foundOrganization,
      ChangeOrganization changeOrganization,
      OrganizationQueries organizations,
      Memberships memberships,
      MergePatch mergePatch) {
    this.foundOrganization = foundOrganization;
    this.changeOrganization = changeOrganization;
    this.organizations = organizations;
    this.memberships = memberships;
    this.mergePatch = mergePatch;
  }

  @Refuses({AccountsProblem.ORGANIZATION_LIMIT_REACHED})
  @Operation(summary = "Found an organization and own it")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @AccountEndpoint
  ResponseEntity<OrganizationView> createOrganization(
      @Valid @RequestBody FoundingRequest body, Caller caller, Intent intent) {
    foundOrganization.handle(
        new FoundOrganization.Command(intent.id(), caller.accountId(), body.name()));
    return ResponseEntity.created(URI.create("/api/v1/organizations/" + intent.id()))
        .body(organizations.of(intent.id(), OrganizationRole.OWNER));
  }

  @Operation(summary = "An organization of mine")
  @GetMapping("/{organizationId}")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  OrganizationView getOrganization(@PathVariable UUID organizationId, Caller caller) {
    return organizations.of(
        organizationId,
        memberships.requireRole(caller, organizationId, CommonProblem.ORGANIZATION_NOT_FOUND, ALL));
  }

  @Operation(
      summary =
          "Rename an organization (owner, admin), or decide whether its owners, admins and finance"
              + " need a second factor (owner, with a proof)")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = OrganizationDetails.class)))
  @PatchMapping("/{organizationId}")
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @StepUp(byUseCase = true)
  OrganizationView changeOrganization(
      @PathVariable UUID organizationId,
      @RequestBody ObjectNode patch,
      IfMatch seen,
      Caller caller) {
    changeOrganization.handle(
        new ChangeOrganization.Command(
            organizationId,
            caller,
            seen,
            details -> mergePatch.apply(patch, details, OrganizationDetails.class)));
    return organizations.of(
        organizationId,
        memberships.requireRole(caller, organizationId, CommonProblem.ORGANIZATION_NOT_FOUND, ALL));
  }
}
