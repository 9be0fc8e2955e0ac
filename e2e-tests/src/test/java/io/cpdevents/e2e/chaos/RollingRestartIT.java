package io.cpdevents.e2e.chaos;

import io.cpdevents.e2e.SharedPlatform;
import io.cpdevents.local.Component;
import io.cpdevents.local.LocalPlatform;
import io.cpdevents.platform.test.servers.FreePort;
import io.cpdevents.platform.test.servers.SupervisedProcess;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The short form, beside the platform that the journeys had: of two instances of
 * registration-service and two of the gateway one each is told to end while people ask.
 */
@Order(Integer.MAX_VALUE - 2)
@EnabledOnOs(OS.LINUX)
class RollingRestartIT {

  @Test
  void nobody_notices_that_an_instance_ends() throws IOException {
    LocalPlatform platform = SharedPlatform.get();
    int staying = FreePort.any();
    int leaving = FreePort.any();
    int stayingGateway = FreePort.any();
    int leavingGateway = FreePort.any();
    try (Balancer registration = new Balancer();
        Balancer gateway = new Balancer()) {
      Map<String, String> settings =
          Map.of("CPD_REGISTRATION_URL", registration.url(), "CPD_DRAIN_TIME", "5s");
      try (SupervisedProcess first =
              SecondInstance.launch(platform, Component.REGISTRATION, staying, settings);
          SupervisedProcess second =
              SecondInstance.launch(platform, Component.REGISTRATION, leaving, settings);
          SupervisedProcess firstGateway =
              SecondInstance.launch(platform, Component.GATEWAY, stayingGateway, settings);
          SupervisedProcess secondGateway =
              SecondInstance.launch(platform, Component.GATEWAY, leavingGateway, settings)) {
        registration.has(staying, leaving);
        gateway.has(stayingGateway, leavingGateway);

        try (Traffic traffic = Traffic.beginAt(gateway.url(), SharedPlatform.world())) {
          registration.sees(second, leaving);
          gateway.sees(secondGateway, leavingGateway);

          traffic.endsWell();
        }
        // What is left need not drain.
        first.signal("KILL");
        firstGateway.signal("KILL");
      }
    }
    SharedPlatform.world().invariants().hold();
  }
}
