package io.cpdevents.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.e2e.TestPlatform;
import io.cpdevents.local.Component;
import io.cpdevents.local.LocalPlatform;
import io.cpdevents.platform.test.servers.FreePort;
import io.cpdevents.platform.test.servers.SupervisedProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Each service is restarted, one after the other and one instance after the other, while 20
 * requests a second come in: there is no answer but a good one, or a 503 that may be repeated and
 * then is a good one.
 */
@Tag("chaos")
@EnabledOnOs(OS.LINUX)
class RollingRestartOfAllIT {

  private static final Duration MAX_START_TIME = Duration.ofMinutes(2);

  private static final List<Component> SERVICES =
      List.of(
          Component.ACCOUNTS,
          Component.REGISTRATION,
          Component.BILLING,
          Component.PAYOUT,
          Component.NOTIFICATION,
          Component.GATEWAY);

  private final Map<Component, Balancer> balancers = new EnumMap<>(Component.class);

  @Test
  void nobody_notices_that_every_service_is_restarted() throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("CPD_DRAIN_TIME", "5s");
    for (Component service : SERVICES) {
      Balancer balancer = new Balancer();
      balancers.put(service, balancer);
      if (service != Component.GATEWAY) {
        settings.put("CPD_" + service.name() + "_URL", balancer.url());
      }
    }
    TestPlatform started = TestPlatform.start("rolling", settings);
    LocalPlatform platform = started.platform();
    for (Component service : SERVICES) {
      balancer(service).has(platform.options().ports().of(service));
    }

    try (Traffic traffic = Traffic.beginAt(balancer(Component.GATEWAY).url(), started.world())) {
      for (Component service : SERVICES) {
        roll(platform, service);
      }
      traffic.endsWell();
    }
    started.world().invariants().hold();
    platform.close();
    balancers.values().forEach(Balancer::close);
  }

  /** There are two, then the first one is restarted, then the second one ends. */
  private void roll(LocalPlatform platform, Component service) throws IOException {
    int first = platform.options().ports().of(service);
    int second = FreePort.any();
    SupervisedProcess process = SecondInstance.launch(platform, service, second, Map.of());
    balancer(service).has(first, second);
    platform.stop(service);
    platform.startAgain(service);
    assertThat(platform.awaitUp(service, MAX_START_TIME)).as(service + " is up").isTrue();
    balancer(service).has(first, second);
    balancer(service).sees(process, second);
  }

  private Balancer balancer(Component service) {
    return Objects.requireNonNull(balancers.get(service));
  }
}
