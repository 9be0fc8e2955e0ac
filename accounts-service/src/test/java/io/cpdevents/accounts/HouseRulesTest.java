package io.cpdevents.accounts;

import io.cpdevents.accounts.erasure.ErasureStatus;
import io.cpdevents.platform.test.HouseDocs;
import io.cpdevents.platform.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  @Test
  void the_rules_of_the_house_hold() {
    HouseRules.in("io.cpdevents.accounts")
        .except("audit", "AskForNewPasskey", "asks a browser for something and changes nothing")
        .except("audit", "AskForPasskey", "asks a browser for something and changes nothing")
        .check();
  }

  @Test
  void the_diagram_of_erasures_is_that_of_the_table() {
    HouseDocs.assertDiagram("erasure", ErasureStatus.TRANSITIONS.toMermaid());
  }
}
