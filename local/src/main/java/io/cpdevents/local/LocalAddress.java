package io.cpdevents.local;

import io.cpdevents.driver.PlatformAddress;
import io.cpdevents.platform.test.servers.PostgresCluster;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** A platform on this machine, also of another process, for those who act on it. */
public final class LocalAddress implements PlatformAddress {

  private final LocalOptions options;

  /** Of the platform that runs, or will run, with these options. */
  public LocalAddress(LocalOptions options) {
    this.options = options;
  }

  @Override
  public String gatewayUrl() {
    return url(Component.GATEWAY);
  }

  @Override
  public String mailboxUrl() {
    return url(Component.MAILBOX);
  }

  @Override
  public String sandboxUrl() {
    return url(Component.STRIPE_SANDBOX);
  }

  @Override
  public String kafkaBootstrapServers() {
    return "127.0.0.1:" + options.ports().of(Component.KAFKA);
  }

  @Override
  public String internalToken() {
    return new ServiceEnvironment(options, new Secrets(options.home())).internalToken();
  }

  @Override
  public String staffPassword() {
    return options.settings().getOrDefault("CPD_DEMO_PASSWORD", "local demo password");
  }

  @Override
  public Connection connect(String database) throws SQLException {
    return new PostgresCluster(
            options.home().resolve("postgres"),
            options.ports().of(Component.POSTGRES),
            new Secrets(options.home()).of("postgres"))
        .connect(database);
  }

  @Override
  public Instant now() {
    return control().clock().now();
  }

  @Override
  public void advanceClock(Duration by) {
    control().advanceClock(by);
  }

  @Override
  public void leapClock(Duration by) {
    control().leapClock(by);
  }

  private ControlApi control() {
    return new ControlApi(options.ports());
  }

  private String url(Component component) {
    return "http://localhost:" + options.ports().of(component);
  }
}
