package io.cpdevents.accounts.members.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.members.ChangeMemberRole;
import io.cpdevents.accounts.members.MemberDetails;
import io.cpdevents.accounts.members.MemberQueries;
import io.cpdevents.accounts.members.MemberQueries.MemberView;
import io.cpdevents.accounts.members.RemoveMember;
import io.cpdevents.accounts.members.TransferOwnership;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.platform.web.MergePatch;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

@Tag(name = "Members", description = "Who belongs to an organization, and with which role.")
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
class MemberController {

  /** Who shall own the organization. */
  @Schema(name = "NewOwner")
  record NewOwnerRequest(@NotNull UUID accountId) {}

  private final ChangeMemberRole changeMemberRole;
  private final RemoveMember removeMember;
  private final TransferOwnership transferOwnership;
  private final MemberQueries members;
  private final Memberships memberships;
  private final MergePatch mergePatch;

  MemberController(
      ChangeMemberRole changeMemberRole,
      RemoveMember removeMember,
      TransferOwnership transferOwnership,
      MemberQueries members,
      Memberships memberships,
      MergePatch mergePatch) {
    this.changeMemberRole = changeMemberRole;
    this.removeMember = removeMember;
    this.transferOwnership = transferOwnership;
    this.members = members;
    this.memberships = memberships;
    this.mergePatch = mergePatch;
  }

  @Operation(summary = "Who belongs to an organization (owner, admin)")
  @GetMapping("/members")
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  Page<MemberView> listMembers(@PathVariable UUID organizationId, Caller caller, PageRequest page) {
    memberships.requireRole(
        caller, organizationId, CommonProblem.ORGANIZATION_NOT_FOUND, OrganizationRole.ADMIN);
    return members.of(organizationId, page);
  }

  @Refuses({AccountsProblem.MEMBER_NOT_FOUND, AccountsProblem.LAST_OWNER})
  @Operation(
      summary =
          "Give a member another role (owner, admin): an admin gives and takes admin and staff")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = MemberDetails.class)))
  @PatchMapping("/members/{accountId}")
  @StepUp
  @OrganizationEndpoint(value = OrganizationRole.ADMIN, apiKeys = false)
  MemberView changeMember(
      @PathVariable UUID organizationId,
      @PathVariable UUID accountId,
      @RequestBody ObjectNode patch,
      IfMatch seen,
      Caller caller) {
    changeMemberRole.handle(
        new ChangeMemberRole.Command(
            organizationId,
            accountId,
            caller.accountId(),
            seen,
            details -> mergePatch.apply(patch, details, MemberDetails.class)));
    return members.one(organizationId, accountId);
  }

  @Refuses({AccountsProblem.MEMBER_NOT_FOUND, AccountsProblem.LAST_OWNER})
  @Operation(
      summary =
          "Remove a member (owner, admin; with a recent proof), or leave the organization (every"
              + " member)")
  @DeleteMapping("/members/{accountId}")
  @StepUp(byUseCase = true)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @OrganizationEndpoint(value = OrganizationRole.ADMIN, apiKeys = false)
  void removeMember(
      @PathVariable UUID organizationId,
      @PathVariable UUID accountId,
      IfMatch seen,
      Caller caller) {
    removeMember.handle(new RemoveMember.Command(organizationId, accountId, seen), caller);
  }

  @Refuses({AccountsProblem.MEMBER_NOT_FOUND})
  @Operation(summary = "Make another member the owner in one's place (owner)")
  @PostMapping("/ownership")
  @StepUp
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @OrganizationEndpoint(
      value = {},
      apiKeys = false)
  void transferOwnership(
      @PathVariable UUID organizationId, @Valid @RequestBody NewOwnerRequest body, Caller caller) {
    transferOwnership.handle(
        new TransferOwnership.Command(organizationId, caller.accountId(), body.accountId()));
  }
}
