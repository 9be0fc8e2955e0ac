package io.cpdevents.local;

import io.cpdevents.platform.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  @Test
  void the_launcher_keeps_the_rules_of_the_house() {
    HouseRules.in("io.cpdevents.local")
        .except("time", "ControlServer", "it tells how far business time is from the machine's")
        .except("time", "MailboxProcess", "a mail server lives on the machine's time")
        .except("unused", "LocalPlatform", "journeys and benchmarks use its whole face")
        .check();
  }
}
