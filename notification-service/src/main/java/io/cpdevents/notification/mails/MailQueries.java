package io.cpdevents.notification.mails;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The read side of mails. */
@Component
public class MailQueries {

  private final Mails mails;

  MailQueries(Mails mails) {
    this.mails = mails;
  }

  /** The mail, whoever's it is: the caller checks. */
  public Optional<Mail> find(UUID id) {
    return mails.find(id);
  }

  /**
   * An organization's mails, the newest first.
   *
   * @param registrationId only those about this registration; null: all
   * @param afterQueuedAt with {@code afterId} the place in the list to go on from; null: the start
   */
  public List<Mail> list(
      UUID organizationId,
      @Nullable UUID registrationId,
      @Nullable Instant afterQueuedAt,
      @Nullable UUID afterId,
      int most) {
    return mails.list(organizationId, registrationId, afterQueuedAt, afterId, most);
  }
}
