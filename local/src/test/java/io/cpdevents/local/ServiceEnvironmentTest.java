package io.cpdevents.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.test.HouseDocs;
import io.cpdevents.platform.test.servers.PostgresCluster;
import io.cpdevents.platform.test.servers.ServiceDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceEnvironmentTest {

  @TempDir private Path home;

  @Test
  void each_service_gets_its_own_database_and_roles_only() {
    Map<String, String> billing = environment(Component.BILLING);
    assertThat(billing)
        .containsEntry("SERVER_ADDRESS", "127.0.0.1")
        .containsEntry("SERVER_PORT", "8103")
        .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:8120/billing")
        .containsEntry("SPRING_DATASOURCE_USERNAME", "billing_runtime")
        .containsEntry("SPRING_FLYWAY_USER", "billing_owner");
    assertThat(billing.get("SPRING_DATASOURCE_PASSWORD"))
        .isNotEqualTo(billing.get("SPRING_FLYWAY_PASSWORD"))
        .isNotEqualTo(environment(Component.PAYOUT).get("SPRING_DATASOURCE_PASSWORD"));
    assertThat(environment(Component.GATEWAY)).doesNotContainKey("SPRING_DATASOURCE_URL");
  }

  @Test
  void a_secret_reaches_only_who_needs_it() {
    String[] ofAccounts = {"CPD_TOKEN_KEY", "CPD_ENCRYPTION_KEYS", "CPD_ZOOM_CLIENT_SECRET"};
    assertThat(environment(Component.ACCOUNTS)).containsKeys(ofAccounts);
    for (Component other : Component.values()) {
      if (other != Component.ACCOUNTS) {
        assertThat(environment(other)).as(other.wireName()).doesNotContainKeys(ofAccounts);
      }
    }
    assertThat(environment(Component.GATEWAY))
        .doesNotContainKeys("CPD_TOKEN_KEY", "CPD_STRIPE_API_KEY", "CPD_STRIPE_WEBHOOK_SECRETS");
    assertThat(environment(Component.NOTIFICATION)).doesNotContainKey("CPD_STRIPE_API_KEY");
  }

  @Test
  void webhooks_come_in_through_the_gateway_with_the_secret_that_billing_knows() {
    Map<String, String> sandbox = environment(Component.STRIPE_SANDBOX);
    assertThat(sandbox)
        .containsEntry("SANDBOX_WEBHOOK_URL", "http://127.0.0.1:8080/webhooks/stripe");
    assertThat(sandbox.getOrDefault("SANDBOX_WEBHOOK_EVENTS", "").split(","))
        .contains("payment_intent.succeeded", "balance.available")
        .doesNotHaveDuplicates()
        .allMatch(type -> type.matches("[a-z_.]+"));
    assertThat(environment(Component.BILLING))
        .containsEntry("CPD_STRIPE_API_BASE", "http://127.0.0.1:8110")
        .containsEntry("CPD_STRIPE_WEBHOOK_SECRETS", sandbox.get("SANDBOX_WEBHOOK_SECRET"));
  }

  @Test
  void what_the_person_sets_wins() {
    LocalOptions options = options().with("CPD_RATE_LIMITS", "production");
    ServiceEnvironment environment = new ServiceEnvironment(options, new Secrets(home));
    assertThat(environment.of(Component.GATEWAY, postgres(), 60))
        .containsEntry("CPD_RATE_LIMITS", "production")
        .containsEntry("CPD_CLOCK_OFFSET_SECONDS", "60");
  }

  @Test
  void secrets_are_random_and_stay_over_restarts_in_a_file_of_the_owner() throws IOException {
    String first = new Secrets(home).of("token-key");
    assertThat(first).hasSize(64);
    assertThat(new Secrets(home).of("token-key")).isEqualTo(first);
    assertThat(new Secrets(home).of("other")).isNotEqualTo(first);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(home.resolve("secrets.properties"))))
        .isEqualTo("rw-------");
  }

  @Test
  void every_service_but_the_gateway_has_a_database() {
    ServiceEnvironment environment = new ServiceEnvironment(options(), new Secrets(home));
    assertThat(environment.databases())
        .extracting(ServiceDatabase::name)
        .containsExactly(
            "accounts", "billing", "notification", "payout", "registration", "stripe_sandbox");
  }

  private Map<String, String> environment(Component component) {
    return new ServiceEnvironment(options(), new Secrets(home)).of(component, postgres(), 0);
  }

  private LocalOptions options() {
    return new LocalOptions(
        HouseDocs.repositoryRoot(),
        home,
        new Ports(8080),
        JitMode.QUICK,
        StartCaches.IGNORED,
        Map.of());
  }

  private PostgresCluster postgres() {
    return new PostgresCluster(home.resolve("postgres"), 8120, "secret");
  }
}
