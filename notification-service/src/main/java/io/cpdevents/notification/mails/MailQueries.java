package io.cpdevents.notification.mails;

import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
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
   */
  public Page<Mail> list(UUID organizationId, @Nullable UUID registrationId, PageRequest page) {
    return Page.of(
        mails.list(organizationId, registrationId, page),
        page,
        mail -> new Cursor(mail.queuedAt(), mail.id()));
  }
}
