package io.cpdevents.notification.waitlist;

import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.Wording;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Nobody has answered an offer in time, and its places went to others. Cause: the entry. */
@Component
public class ExpiredOffer extends MailKind<ExpiredOffer.Subject, WaitlistContent> {

  /** An offer that has ended. */
  public record Subject(UUID organizationId, UUID waitlistEntryId) implements MailSubject {}

  record Model(String title) {}

  ExpiredOffer(WaitlistContents contents) {
    super("waitlist-offer-expired", Subject.class, contents, Subject::waitlistEntryId);
  }

  @Override
  protected Optional<Model> model(Subject subject, WaitlistContent content, Wording wording) {
    return Optional.of(new Model(wording.title(content.eventTitle())));
  }
}
