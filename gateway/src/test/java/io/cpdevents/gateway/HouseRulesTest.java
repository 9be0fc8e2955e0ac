package io.cpdevents.gateway;

import io.cpdevents.platform.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  @Test
  void the_gateway_keeps_the_house_rules() {
    HouseRules.in("io.cpdevents.gateway")
        .except("time", "SystemTime", "tokens and Kafka live on the machine's own time")
        .except("unused", "ProblemValve", "Tomcat makes it by name")
        .check();
  }
}
