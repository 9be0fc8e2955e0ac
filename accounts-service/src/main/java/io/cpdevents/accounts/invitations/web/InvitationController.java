package io.cpdevents.accounts.invitations.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.invitations.AcceptInvitation;
import io.cpdevents.accounts.invitations.AcceptInvitation.Accepted;
import io.cpdevents.accounts.invitations.InvitationQueries;
import io.cpdevents.accounts.invitations.InvitationQueries.InvitationView;
import io.cpdevents.accounts.invitations.InviteMember;
import io.cpdevents.accounts.invitations.RevokeInvitation;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.text.EmailAddress;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.UUID;
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

@Tag(name = "Invitations", description = "Inviting people to an organization, and accepting.")
@RestController
@RequestMapping("/api/v1")
class InvitationController {

  /** Somebody who shall belong to the organization. */
  @Schema(name = "NewInvitation")
  record InvitationRequest(@NotBlank @EmailAddress String email, @NotNull OrganizationRole role) {}

  /** The link of an invitation that was followed. */
  @Schema(name = "InvitationAcceptance")
  record AcceptanceRequest(@NotNull @Schema(maxLength = SecretText.MAX_CHARACTERS) SecretText token)
      implements FieldRules {

    @Override
    public List<FieldError> brokenRules() {
      return SecretText.faultsOf("token", token);
    }
  }

  private final InviteMember inviteMember;
  private final RevokeInvitation revokeInvitation;
  private final AcceptInvitation acceptInvitation;
  private final InvitationQueries invitations;
  private final Memberships memberships;

  InvitationController(
      InviteMember inviteMember,
      RevokeInvitation revokeInvitation,
      AcceptInvitation acceptInvitation,
      InvitationQueries invitations,
      Memberships memberships) {
    this.inviteMember = inviteMember;
    this.revokeInvitation = revokeInvitation;
    this.acceptInvitation = acceptInvitation;
    this.invitations = invitations;
    this.memberships = memberships;
  }

  @Refuses({AccountsProblem.ALREADY_MEMBER, AccountsProblem.MEMBER_LIMIT_REACHED})
  @Operation(summary = "Invite somebody by mail (owner, admin): an admin invites admin and staff")
  @PostMapping("/organizations/{organizationId}/members")
  @StepUp
  @ResponseStatus(HttpStatus.ACCEPTED)
  @OrganizationEndpoint(value = OrganizationRole.ADMIN, apiKeys = false)
  ResponseEntity<InvitationView> inviteMember(
      @PathVariable UUID organizationId,
      @Valid @RequestBody InvitationRequest body,
      Caller caller,
      Intent intent) {
    InvitationView invitation =
        inviteMember.handle(
            new InviteMember.Command(
                intent.id(), organizationId, caller, body.email(), body.role()));
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/invitations/" + invitation.id()))
        .body(invitation);
  }

  @Refuses({AccountsProblem.INVITATION_NOT_FOUND})
  @Operation(summary = "An invitation that may still be accepted (owner, admin)")
  @GetMapping("/invitations/{invitationId}")
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  InvitationView getInvitation(@PathVariable UUID invitationId, Caller caller) {
    InvitationView invitation = invitations.one(invitationId);
    memberships.requireRole(
        caller,
        invitation.organizationId(),
        AccountsProblem.INVITATION_NOT_FOUND,
        OrganizationRole.ADMIN);
    return invitation;
  }

  @Operation(summary = "Invitations that may still be accepted (owner, admin)")
  @GetMapping("/organizations/{organizationId}/invitations")
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  Page<InvitationView> listInvitations(
      @PathVariable UUID organizationId, Caller caller, PageRequest page) {
    memberships.requireRole(
        caller, organizationId, CommonProblem.ORGANIZATION_NOT_FOUND, OrganizationRole.ADMIN);
    return invitations.of(organizationId, page);
  }

  @Refuses({AccountsProblem.INVITATION_NOT_FOUND})
  @Operation(summary = "Take back an invitation that nobody has accepted (owner, admin)")
  @DeleteMapping("/invitations/{invitationId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @OrganizationEndpoint(value = OrganizationRole.ADMIN, apiKeys = false)
  void revokeInvitation(@PathVariable UUID invitationId, Caller caller) {
    revokeInvitation.handle(invitationId, caller.accountId());
  }

  @Refuses({
    AccountsProblem.TOKEN_INVALID,
    AccountsProblem.INVITATION_OF_ANOTHER_ADDRESS,
    AccountsProblem.ALREADY_MEMBER,
    AccountsProblem.ORGANIZATION_LIMIT_REACHED
  })
  @Operation(summary = "Accept the invitation of a link, as the person whom it is for")
  @PostMapping("/invitations/acceptance")
  @AccountEndpoint
  Accepted acceptInvitation(@Valid @RequestBody AcceptanceRequest body, Caller caller) {
    return acceptInvitation.handle(
        new AcceptInvitation.Command(OpaqueToken.from(body.token()), caller.accountId()));
  }
}
