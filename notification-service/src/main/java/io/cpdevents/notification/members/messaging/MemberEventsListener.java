package io.cpdevents.notification.members.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.MemberEvent;
import io.cpdevents.contracts.accounts.MemberEvent.ApiKeyMade;
import io.cpdevents.contracts.accounts.MemberEvent.MemberGainedRights;
import io.cpdevents.contracts.accounts.MemberEvent.MemberInvited;
import io.cpdevents.contracts.accounts.MemberEvent.MemberRemoved;
import io.cpdevents.contracts.accounts.MemberEvent.MemberRoleChanged;
import io.cpdevents.contracts.accounts.MemberEvent.OrganizationClosed;
import io.cpdevents.contracts.accounts.MemberEvent.ZoomConnectionBroken;
import io.cpdevents.contracts.accounts.MemberRole;
import io.cpdevents.notification.mails.MailCause;
import io.cpdevents.notification.mails.QueueMail;
import io.cpdevents.notification.members.ApiKeyIsMade;
import io.cpdevents.notification.members.MemberInvitation;
import io.cpdevents.notification.members.MemberIsRemoved;
import io.cpdevents.notification.members.OrganizationIsClosed;
import io.cpdevents.notification.members.RightsAreGained;
import io.cpdevents.notification.members.RoleIsChanged;
import io.cpdevents.notification.members.RoleName;
import io.cpdevents.notification.members.ZoomConnectionIsBroken;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Queues the mails about who belongs to organizations. */
@Component
class MemberEventsListener {

  private final Inbox.Subscription<MemberEvent> subscription;
  private final QueueMail queueMail;

  MemberEventsListener(Inbox inbox, QueueMail queueMail) {
    this.queueMail = queueMail;
    this.subscription = inbox.subscribe(MemberEvent.class, this::handle, Topic.ACCOUNTS_MEMBERS);
  }

  @KafkaListener(topics = Topic.Names.ACCOUNTS_MEMBERS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(MemberEvent event) {
    switch (event) {
      case MemberInvited invited ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  invited.invitationId(),
                  new MemberInvitation.Subject(
                      invited.organizationId(), invited.invitationId(), invited.expiresAt())));
      case ApiKeyMade made ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  made.apiKeyId(),
                  new ApiKeyIsMade.Subject(
                      made.organizationId(), name(made.role()), made.madeAt())));
      case ZoomConnectionBroken broken ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  broken.connectionId(),
                  new ZoomConnectionIsBroken.Subject(broken.organizationId(), broken.brokenAt())));
      case MemberRoleChanged changed ->
          queueMail.handle(
              new QueueMail.Command(
                  changed.changeId(),
                  changed.accountId(),
                  new RoleIsChanged.Subject(
                      changed.organizationId(), name(changed.to()), name(changed.from()))));
      case MemberGainedRights gained ->
          gained
              .ownerAccountIds()
              .forEach(owner ->
                  queueMail.handle(
                      new QueueMail.Command(
                          MailCause.of(gained.changeId(), owner),
                          owner,
                          new RightsAreGained.Subject(
                              gained.organizationId(), name(gained.role()), gained.gainedAt()))));
      case OrganizationClosed closed ->
          closed
              .memberAccountIds()
              .forEach(member ->
                  queueMail.handle(
                      new QueueMail.Command(
                          MailCause.of(closed.organizationId(), member),
                          member,
                          new OrganizationIsClosed.Subject(
                              closed.organizationId(), closed.closedAt()))));
      case MemberRemoved removed ->
          queueMail.handle(
              new QueueMail.Command(
                  removed.removalId(),
                  removed.accountId(),
                  new MemberIsRemoved.Subject(removed.organizationId(), removed.removedAt())));
    }
  }

  private static RoleName name(MemberRole role) {
    return switch (role) {
      case OWNER -> RoleName.OWNER;
      case ADMIN -> RoleName.ADMIN;
      case FINANCE -> RoleName.FINANCE;
      case STAFF -> RoleName.STAFF;
    };
  }
}
