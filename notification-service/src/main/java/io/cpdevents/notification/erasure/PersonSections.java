package io.cpdevents.notification.erasure;

import io.cpdevents.platform.personaldata.TellsAboutPeople;
import java.util.List;
import org.springframework.stereotype.Component;

/** What this service has about a person. */
@Component
class PersonSections implements TellsAboutPeople {

  @Override
  public List<Section> sections() {
    return List.of(
        new Section(
            "profile",
            """
            SELECT email, name, locale, time_zone AS "timeZone" FROM profile WHERE account_id = :accountId
            """),
        new Section(
            "mails",
            """
            SELECT template, status, queued_at AS "queuedAt", settled_at AS "settledAt", reason
            FROM mail WHERE account_id = :accountId ORDER BY queued_at
            """));
  }
}
