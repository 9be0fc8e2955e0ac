package io.cpdevents.payout.erasure;

import io.cpdevents.platform.personaldata.TellsAboutPeople;
import java.util.List;
import org.springframework.stereotype.Component;

/** What this service knows a person by: organizations that they own. */
@Component
class PersonSections implements TellsAboutPeople {

  @Override
  public List<Section> sections() {
    return List.of(
        new Section(
            "organizations",
            """
            SELECT id, name FROM organization WHERE owner_account_id = :accountId ORDER BY id
            """));
  }
}
