package io.cpdevents.notification.accounts;

import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Tells the owner of an account of a log-in from a device that was never seen. Cause: the attempt.
 */
@Component
public class NewDevice extends MailKind<NewDevice.Subject, DeviceContent> {

  /** A log-in. */
  public record Subject(UUID loginId, Instant seenAt) implements MailSubject {}

  record Model(String seenAt, String device, String ipAddress, URI link) {}

  private final WebLinks links;

  NewDevice(DeviceContents contents, WebLinks links) {
    super("new-device", Subject.class, contents, Subject::loginId);
    this.links = links;
  }

  @Override
  protected boolean isUrgent() {
    return true;
  }

  @Override
  protected Optional<Model> model(Subject subject, DeviceContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.moment(subject.seenAt()),
            content.device(),
            content.ipAddress(),
            links.forgottenPassword()));
  }
}
