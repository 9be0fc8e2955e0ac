package io.cpdevents.notification;

import io.cpdevents.platform.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  @Test
  void the_service_keeps_the_rules_of_the_house() {
    HouseRules.check("io.cpdevents.notification");
  }
}
