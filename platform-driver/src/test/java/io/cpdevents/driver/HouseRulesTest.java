package io.cpdevents.driver;

import io.cpdevents.platform.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  @Test
  void the_driver_keeps_the_rules_of_the_house() {
    HouseRules.in("io.cpdevents.driver")
        .asLibrary()
        .except("time", "AuthenticatorApp", "a phone lives on the machine's time")
        .check();
  }
}
