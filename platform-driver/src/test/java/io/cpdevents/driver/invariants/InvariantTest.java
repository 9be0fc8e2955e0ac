package io.cpdevents.driver.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.PlatformAddress;
import io.cpdevents.driver.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InvariantTest {

  @Test
  void a_platform_that_does_not_answer_is_a_finding_that_may_pass() {
    try (World world = World.at(new Nowhere())) {
      assertThat(Invariant.PLACES_ADD_UP.violations(world))
          .singleElement()
          .satisfies(violation -> {
            assertThat(violation.what()).startsWith("could not look").contains("nobody is there");
            assertThat(violation.within()).isGreaterThan(Invariant.PLACES_ADD_UP.within());
          });
      assertThat(Invariant.STRIPE_IS_QUIET.violations(world))
          .singleElement()
          .satisfies(violation -> assertThat(violation.what()).contains("was not answered"));
    }
  }

  /** Where no platform is. */
  private record Nowhere() implements PlatformAddress {

    @Override
    public String gatewayUrl() {
      return "http://localhost:1";
    }

    @Override
    public String mailboxUrl() {
      return gatewayUrl();
    }

    @Override
    public String sandboxUrl() {
      return gatewayUrl();
    }

    @Override
    public String kafkaBootstrapServers() {
      return "localhost:1";
    }

    @Override
    public String internalToken() {
      return "none";
    }

    @Override
    public String staffPassword() {
      return "none";
    }

    @Override
    public Connection connect(String database) throws SQLException {
      throw new SQLException("nobody is there");
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public void advanceClock(Duration by) {
      throw new IllegalStateException("nobody is there");
    }

    @Override
    public void leapClock(Duration by) {
      throw new IllegalStateException("nobody is there");
    }
  }
}
