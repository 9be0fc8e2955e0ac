package io.cpdevents.e2e.chaos;

import io.cpdevents.local.Component;
import io.cpdevents.local.LocalPlatform;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("chaos")
class EveryFaultIT {

  private static final Duration A_WHILE = Duration.ofSeconds(30);
  private static final List<Component> ALL_BUT_THE_MAILBOX =
      Arrays.stream(Component.values())
          .filter(component -> component != Component.MAILBOX)
          .toList();

  @ParameterizedTest(name = "{0}")
  @MethodSource({"windows", "kills", "suspensions"})
  void everything_is_true_after(Fault fault) {
    new Attack(Stage.shared()).with(fault);
  }

  /** Between what the world has seen and what we have written down. */
  static Stream<Fault> windows() {
    LocalPlatform platform = Stage.shared().platform();
    return Stream.of(
        Fault.killAt(
            "between Kafka's commit and the outbox's delete",
            platform,
            Component.REGISTRATION,
            new Barrier.Place("registration", "DELETE", "outbox", "true")),
        Fault.killAt(
            "between Stripe's answer and our commit",
            platform,
            Component.BILLING,
            new Barrier.Place(
                "billing",
                "UPDATE",
                "checkout",
                "NEW.status = 'open' AND OLD.status = 'requested'")),
        Fault.killAt(
            "between the webhook's 2xx and its effect",
            platform,
            Component.BILLING,
            new Barrier.Place("billing", "UPDATE", "stripe_event", "NEW.status = 'applied'")),
        Fault.killAt(
            "between SMTP's 250 and the commit",
            platform,
            Component.NOTIFICATION,
            new Barrier.Place("notification", "UPDATE", "mail", "NEW.status = 'sent'")));
  }

  static Stream<Fault> kills() {
    LocalPlatform platform = Stage.shared().platform();
    return ALL_BUT_THE_MAILBOX.stream()
        .map(component ->
            component == Component.KAFKA
                ? Fault.away(platform, component, A_WHILE)
                : Fault.kill(platform, component));
  }

  static Stream<Fault> suspensions() {
    LocalPlatform platform = Stage.shared().platform();
    return ALL_BUT_THE_MAILBOX.stream()
        .map(component -> Fault.suspend(platform, component, A_WHILE));
  }
}
