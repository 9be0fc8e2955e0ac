package io.cpdevents.accounts.members;

import io.cpdevents.contracts.accounts.MemberEvent.MemberGainedRights;
import io.cpdevents.contracts.accounts.MemberRole;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.OrganizationRole;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The owners hear of whoever may decide about the organization's people or money from now on: also
 * the one in whose name it was done, because somebody else may have used their session.
 */
@Component
class TellOwners {

  private final Members members;
  private final Outbox outbox;
  private final Clock clock;

  TellOwners(Members members, Outbox outbox, Clock clock) {
    this.members = members;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Tells those who own the locked organization now, before the member gets the role. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Member member, OrganizationRole role) {
    if (role == OrganizationRole.STAFF) {
      return;
    }
    List<UUID> owners =
        members.ownersOf(member.organizationId()).stream()
            .filter(owner -> !owner.equals(member.accountId()))
            .toList();
    if (!owners.isEmpty()) {
      outbox.append(
          new MemberGainedRights(
              Ids.next(),
              member.organizationId(),
              member.accountId(),
              MemberRole.valueOf(role.name()),
              owners,
              clock.instant()));
    }
  }
}
