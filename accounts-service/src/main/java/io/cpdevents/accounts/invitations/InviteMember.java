package io.cpdevents.accounts.invitations;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.invitations.InvitationQueries.InvitationView;
import io.cpdevents.accounts.limits.Limit;
import io.cpdevents.accounts.limits.RequestLimits;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** An owner or admin invites somebody by mail to belong to the organization. */
@Component
public class InviteMember {

  /** Members and open invitations together. */
  static final int MAX_PEOPLE = 500;

  /**
   * Who is invited.
   *
   * @param id the same for every repetition of one request, and what the token is made from
   * @param caller who invites
   * @param email normalized
   */
  public record Command(
      UUID id, UUID organizationId, Caller caller, String email, OrganizationRole role) {}

  private final Memberships memberships;
  private final RequestLimits limits;
  private final TransactionTemplate transaction;
  private final Invitations invitations;
  private final InvitationQueries queries;
  private final InvitationTokens tokens;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  InviteMember(
      Memberships memberships,
      RequestLimits limits,
      TransactionTemplate transaction,
      Invitations invitations,
      InvitationQueries queries,
      InvitationTokens tokens,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.memberships = memberships;
    this.limits = limits;
    this.transaction = transaction;
    this.invitations = invitations;
    this.queries = queries;
    this.tokens = tokens;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Invites, and says how the invitation is, before another one can replace it. Whoever is invited
   * again gets another link, and the one before does not count any more. Nobody invites to a role
   * that has rights which they lack, nor replaces an invitation to one that somebody else has sent.
   *
   * @throws RuleViolation 404 {@code organization-not-found}, 403 {@code role-missing}, 409 {@code
   *     already-member} or {@code member-limit-reached}, 429 {@code too-many-requests}
   */
  public InvitationView handle(Command command) {
    requireMayInvite(
        memberships.requireRole(
            command.caller(),
            command.organizationId(),
            CommonProblem.ORGANIZATION_NOT_FOUND,
            OrganizationRole.ADMIN),
        command.role());
    if (!invitations.exists(command.id())) {
      limits.take(Limit.INVITATION_ACCOUNT, command.caller().accountId().toString());
      limits.take(Limit.INVITATION, command.organizationId() + " to " + command.email());
      limits.take(Limit.INVITATION_ORGANIZATION, command.organizationId().toString());
      limits.take(Limit.INVITATION_EMAIL, command.email());
    }
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          invite(command);
          return queries.made(command.id());
        }));
  }

  private void invite(Command command) {
    OrganizationRole own =
        memberships.lockAndRequireRole(
            command.caller().accountId(),
            command.organizationId(),
            CommonProblem.ORGANIZATION_NOT_FOUND,
            OrganizationRole.ADMIN);
    requireMayInvite(own, command.role());
    if (invitations.exists(command.id())) {
      return;
    }
    if (invitations.isMember(command.organizationId(), command.email())) {
      throw AccountsProblem.ALREADY_MEMBER.violation();
    }
    Instant now = clock.instant();
    Optional<Invitation> replaced =
        invitations.lockOpenTo(command.organizationId(), command.email());
    replaced.ifPresent(open -> replace(open, own));
    if (invitations.countPeople(command.organizationId(), now) >= MAX_PEOPLE) {
      throw AccountsProblem.MEMBER_LIMIT_REACHED.violation(
          "An organization can have %d members and open invitations at most."
              .formatted(MAX_PEOPLE));
    }
    Invitation invitation = Invitation.sent(command, now);
    invitations.add(invitation, tokens.tokenFor(invitation.id()).sha256());
    outbox.append(invitation.toEvent());
    // Neither here nor in the event is the address: it is of somebody who has not asked for this.
    auditTrail.record(
        "invitation.sent",
        "invitation",
        invitation.id().toString(),
        invitation.organizationId(),
        new Change(replaced.map(InviteMember::shown).orElseGet(Map::of), shown(invitation)));
  }

  private void replace(Invitation open, OrganizationRole own) {
    requireMayInvite(own, open.role());
    invitations.removeOpen(open.id());
  }

  private static Map<String, String> shown(Invitation invitation) {
    return Map.of("role", ContractsJson.kebabCase(invitation.role()));
  }

  private static void requireMayInvite(OrganizationRole own, OrganizationRole to) {
    if (!own.mayGive(to)) {
      throw CommonProblem.ROLE_MISSING.violation();
    }
  }
}
