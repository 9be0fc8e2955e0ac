package io.cpdevents.gateway;

import io.cpdevents.platform.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  @Test
  void the_gateway_keeps_the_house_rules() {
    HouseRules.in("io.cpdevents.gateway")
        .except("time", "TimeConfiguration", "tokens and Kafka live on the machine's own time")
        .except(
            "aggregate", "RouteTimeout", "it travels with Spring's request to where it is applied")
        .except(
            "foreign-event",
            "SessionEventsReader",
            "it reads events without an inbox, and is the listener")
        .check();
  }
}
