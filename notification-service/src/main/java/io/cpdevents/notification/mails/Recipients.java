package io.cpdevents.notification.mails;

import static java.util.stream.Collectors.toSet;

import io.cpdevents.notification.organizations.Organization;
import io.cpdevents.notification.organizations.OrganizationQueries;
import io.cpdevents.notification.profiles.ProfileQueries;
import io.cpdevents.notification.profiles.Recipient;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Who gets which mail: a person, or whoever owns an organization now. */
@Component
class Recipients {

  private final OrganizationQueries organizations;
  private final ProfileQueries profiles;

  Recipients(OrganizationQueries organizations, ProfileQueries profiles) {
    this.organizations = organizations;
    this.profiles = profiles;
  }

  /** By mail, without those whose organization or profile was not told yet. */
  Map<UUID, Recipient> of(Collection<Mail> mails) {
    Map<UUID, UUID> accounts = accounts(mails);
    Map<UUID, Recipient> known = profiles.recipients(Set.copyOf(accounts.values()));
    Map<UUID, Recipient> byMail = new HashMap<>();
    accounts.forEach((mail, account) -> {
      Recipient recipient = known.get(account);
      if (recipient != null) {
        byMail.put(mail, recipient);
      }
    });
    return byMail;
  }

  private Map<UUID, UUID> accounts(Collection<Mail> mails) {
    Map<UUID, Organization> owned =
        organizations.find(
            mails.stream()
                .filter(mail -> mail.accountId() == null)
                .map(Mail::organizationId)
                .filter(Objects::nonNull)
                .collect(toSet()));
    Map<UUID, UUID> byMail = new HashMap<>();
    for (Mail mail : mails) {
      UUID accountId = mail.accountId();
      Organization organization =
          mail.organizationId() == null ? null : owned.get(mail.organizationId());
      if (accountId != null) {
        byMail.put(mail.id(), accountId);
      } else if (organization != null) {
        byMail.put(mail.id(), organization.ownerAccountId());
      }
    }
    return byMail;
  }
}
