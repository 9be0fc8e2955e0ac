package io.cpdevents.notification.members;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.Wording;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Invites somebody, who may have no account, to an organization. Cause: the invitation. */
@Component
public class MemberInvitation extends MailKind<MemberInvitation.Subject, InvitationContent> {

  /**
   * An invitation.
   *
   * @param expiresAt when the link stops working
   */
  public record Subject(UUID organizationId, UUID invitationId, Instant expiresAt)
      implements MailSubject {

    @Override
    public boolean goesToAccount() {
      return false;
    }
  }

  record Model(
      String organization, String role, String inviter, String email, URI link, String expiresAt) {}

  MemberInvitation(InvitationContents contents) {
    super("member-invitation", Subject.class, contents, Subject::invitationId);
  }

  @Override
  protected Optional<Instant> expiresAt(Subject subject) {
    return Optional.of(subject.expiresAt());
  }

  /** The invited address; who it belongs to is not known, so nobody is greeted by name. */
  @Override
  protected Optional<Recipient> recipient(
      Subject subject, InvitationContent content, Optional<Recipient> owner) {
    return Optional.of(
        new Recipient.Known(content.email(), "", content.locale(), content.timeZone()));
  }

  @Override
  protected Optional<Model> model(Subject subject, InvitationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.organization()),
            wording.phrase(content.role()),
            wording.line(content.inviter()),
            content.email(),
            content.link(),
            wording.moment(content.expiresAt())));
  }
}
