package io.cpdevents.local.commands;

import io.cpdevents.local.Component;
import io.cpdevents.local.ControlApi;
import io.cpdevents.local.Launcher;
import io.cpdevents.local.LocalFailure;
import io.cpdevents.local.LocalOptions;
import io.cpdevents.local.Ports;

/** The platform that runs on this home directory, as the commands see it. */
final class RunningPlatform {

  private final LocalOptions options;

  RunningPlatform(LocalOptions options) {
    this.options = options;
  }

  /**
   * Its control API.
   *
   * @throws LocalFailure when nothing runs
   */
  ControlApi control() {
    return Launcher.of(options)
        .map(Launcher::control)
        .orElseThrow(() -> new LocalFailure("nothing runs here. Start it with ./cpd up"));
  }

  /** Where people find it, and how they log in. */
  String addresses() {
    Ports ports = ports();
    String password =
        options.settings().containsKey("CPD_DEMO_PASSWORD")
            ? "that of CPD_DEMO_PASSWORD"
            : "local demo password";
    return """
    API            http://localhost:%d/api/v1      documentation: http://localhost:%d/docs
    mailbox        http://localhost:%d
    Stripe sandbox http://localhost:%d
    control        http://127.0.0.1:%d/components
    log-ins        admin@cpd.local, finance@cpd.local, controller@cpd.local, support@cpd.local      password: %s\
    """
        .formatted(
            ports.of(Component.GATEWAY),
            ports.of(Component.GATEWAY),
            ports.of(Component.MAILBOX),
            ports.of(Component.STRIPE_SANDBOX),
            ports.control(),
            password);
  }

  /** Where it listens; where it would when nothing runs. */
  Ports ports() {
    return Launcher.of(options).map(Launcher::ports).orElse(options.ports());
  }
}
