package io.cpdevents.notification.mails;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The read side of mails. */
@Component
public class MailQueries {

  private final Mails mails;
  private final Recipients recipients;

  MailQueries(Mails mails, Recipients recipients) {
    this.mails = mails;
    this.recipients = recipients;
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

  /**
   * The addresses to which mails go as things are now, by mail. No mail keeps one: those of
   * attendees, which the buyers typed, and of people who were erased are left out.
   */
  public Map<UUID, String> addresses(Collection<Mail> asked) {
    List<Mail> toAccounts = asked.stream().filter(mail -> mail.subject().goesToAccount()).toList();
    Map<UUID, String> addresses = new HashMap<>();
    recipients
        .of(toAccounts)
        .forEach((mail, recipient) -> {
          if (recipient instanceof Recipient.Known known) {
            addresses.put(mail, known.email());
          }
        });
    return addresses;
  }
}
