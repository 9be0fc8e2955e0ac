package io.cpdevents.local;

import io.cpdevents.platform.test.servers.PostgresCluster;
import io.cpdevents.platform.test.servers.ServiceDatabase;
import java.nio.file.Files;

/** When a started component is ready, and what is left to do before it counts as up. */
final class Readiness {

  private final LocalOptions options;
  private final ServiceEnvironment environment;
  private final PostgresCluster postgres;
  private final BusinessClock clock;
  private final LocalHttp http;

  Readiness(
      LocalOptions options,
      ServiceEnvironment environment,
      PostgresCluster postgres,
      BusinessClock clock,
      LocalHttp http) {
    this.options = options;
    this.environment = environment;
    this.postgres = postgres;
    this.clock = clock;
    this.http = http;
  }

  /** Whether it answers now. */
  boolean isReady(Component component) {
    return switch (component) {
      case POSTGRES -> postgres.answers();
      case KAFKA -> Files.exists(KafkaProcess.readyFile(options));
      case MAILBOX -> http.isHealthy(options.urlOf(component) + "/health");
      case STRIPE_SANDBOX, ACCOUNTS, REGISTRATION, BILLING, PAYOUT, NOTIFICATION, GATEWAY ->
          http.isHealthy(options.urlOf(component) + "/actuator/health");
    };
  }

  /** What the others count on, done once after each start as soon as it answers. */
  void complete(Component component) {
    switch (component) {
      case POSTGRES -> {
        for (ServiceDatabase database : environment.databases()) {
          database.createIn(postgres);
        }
      }
      case STRIPE_SANDBOX -> clock.tellSandbox();
      case KAFKA, MAILBOX, ACCOUNTS, REGISTRATION, BILLING, PAYOUT, NOTIFICATION, GATEWAY -> {
        // Its answer is all that the others need.
      }
    }
  }
}
