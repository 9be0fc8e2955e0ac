package io.cpdevents.accounts.members;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.organizations.EndOrganization;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.accounts.MemberEvent.OrganizationClosed;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.web.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An owner closes an organization of which nothing is open: nobody belongs to it any more, its API
 * keys, invitations and its connection with Zoom end, and all who belonged to it are told.
 */
@Component
public class CloseOrganization {

  /**
   * What is asked for.
   *
   * @param seen the version that the caller has seen
   */
  public record Command(UUID organizationId, IfMatch seen) {}

  private static final String BALANCE = "balance";

  private static final String WAY_OUT_OF_BALANCE =
      "The balance has to be paid out, for which there has to be a payout account, or to be given"
          + " back to buyers by refunds; what is owed is taken from what comes in, or settled with"
          + " the platform.";

  private final Memberships memberships;
  private final OpenMatters openMatters;
  private final List<ClosingObstacle> obstacles;
  private final Members members;
  private final EndOrganization endOrganization;
  private final List<OrganizationEnd> ends;
  private final List<RoleLoss> losses;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final TransactionTemplate transaction;
  private final Clock clock;

  CloseOrganization(
      Memberships memberships,
      OpenMatters openMatters,
      List<ClosingObstacle> obstacles,
      Members members,
      EndOrganization endOrganization,
      List<OrganizationEnd> ends,
      List<RoleLoss> losses,
      Outbox outbox,
      AuditTrail auditTrail,
      TransactionTemplate transaction,
      Clock clock) {
    this.memberships = memberships;
    this.openMatters = openMatters;
    this.obstacles = obstacles;
    this.members = members;
    this.endOrganization = endOrganization;
    this.ends = ends;
    this.losses = losses;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Closes it. Whoever dies between the questions and the commit has changed nothing, but that
   * nothing of the organization goes on sale for ten minutes.
   *
   * @throws RuleViolation 404 {@code organization-not-found}, 403 {@code role-missing}, 409 {@code
   *     organization-busy}, 412 {@code changed-meanwhile}, 503 {@code service-unavailable}
   */
  public void handle(Command command, Caller caller) {
    UUID organizationId = command.organizationId();
    memberships.requireRole(caller, organizationId, CommonProblem.ORGANIZATION_NOT_FOUND);
    requireNone(ownMatters(organizationId));
    requireNone(openMatters.of(organizationId));
    transaction.executeWithoutResult(_ -> close(command, caller));
  }

  private List<String> ownMatters(UUID organizationId) {
    return obstacles.stream()
        .filter(obstacle -> obstacle.isThere(organizationId))
        .map(ClosingObstacle::word)
        .toList();
  }

  private static void requireNone(List<String> open) {
    if (!open.isEmpty()) {
      throw AccountsProblem.ORGANIZATION_BUSY.violation(
          "Not over: %s.%s"
              .formatted(
                  String.join(", ", open), open.contains(BALANCE) ? " " + WAY_OUT_OF_BALANCE : ""));
    }
  }

  private void close(Command command, Caller caller) {
    UUID organizationId = command.organizationId();
    memberships.lockAndRequireRole(
        caller.accountId(), organizationId, CommonProblem.ORGANIZATION_NOT_FOUND);
    requireNone(ownMatters(organizationId));
    Instant now = clock.instant();
    ends.forEach(end -> end.handle(organizationId));
    List<Member> gone = members.lockAllOf(organizationId);
    gone.forEach(member -> end(member, now));
    endOrganization.handle(organizationId, command.seen());
    outbox.append(
        new OrganizationClosed(organizationId, gone.stream().map(Member::accountId).toList(), now));
  }

  private void end(Member member, Instant now) {
    LostRights lost = new LostRights(member.organizationId(), member.accountId(), null);
    losses.forEach(loss -> loss.handle(lost));
    members.remove(member);
    outbox.append(new RolesChanged(member.accountId(), now));
    auditTrail.record(
        "member.removed",
        "account",
        member.accountId().toString(),
        member.organizationId(),
        new Change(Map.of("role", ContractsJson.kebabCase(member.role())), Map.of())
            .with(Map.of("cause", "organization-closed")));
  }
}
