package io.cpdevents.notification;

import io.cpdevents.platform.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  @Test
  void the_service_keeps_the_rules_of_the_house() {
    HouseRules.in("io.cpdevents.notification")
        .except("repository", "Profiles", "moves soon: mails should read profiles by queries")
        .except(
            "use-case", "SendDueMails", "moves soon: its loop also ends it and keeps its leases")
        .except("use-case", "MailWriter", "one method for each mail that is written")
        .check();
  }
}
