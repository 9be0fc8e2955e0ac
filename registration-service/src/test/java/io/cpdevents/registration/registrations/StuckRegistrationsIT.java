package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.registration.Buyer;
import io.cpdevents.registration.Organizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class StuckRegistrationsIT {

  private static final String HELD = "/api/v1/ops/registration/processes/registration/states/held";
  private static final Duration HOLD_AND_SIX_MINUTES = Duration.ofMinutes(36);

  private final MutableClock clock;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final ApiClient api;
  private final Organizer organizer;

  @Autowired
  StuckRegistrationsIT(
      MutableClock clock, JdbcClient jdbc, PlatformTransactionManager transactions, ApiClient api) {
    this.clock = clock;
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.api = api;
    this.organizer = new Organizer(api);
  }

  @Test
  void a_hold_that_does_not_expire_in_time_is_stuck_until_the_sweep_can_lock_it() {
    UUID event = organizer.draft(10);
    UUID ticketType = organizer.ticketType(event, 12_550, null);
    organizer.publish(event);
    UUID id = Buyer.of(api).register(event, List.of(ticketType)).expect(201).id();
    assertThat(stuck()).doesNotContain(id.toString());
    transaction.executeWithoutResult(_ -> {
      // As long as another transaction has locked its row, the sweep skips it.
      jdbc.sql("SELECT id FROM registration WHERE id = :id FOR UPDATE")
          .param("id", id)
          .query(UUID.class)
          .single();
      clock.advance(HOLD_AND_SIX_MINUTES);
      assertThat(stuck()).contains(id.toString());
    });
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(stuck()).doesNotContain(id.toString()));
  }

  @Test
  void the_sweep_is_among_the_jobs() {
    JsonNode jobs =
        support()
            .get("/api/v1/ops/registration/jobs?name=expire-holds")
            .expect(200)
            .body()
            .path("data");
    assertThat(jobs).hasSize(1);
  }

  private List<String> stuck() {
    return support()
        .get(HELD + "?limit=100")
        .expect(200)
        .body()
        .path("data")
        .valueStream()
        .map(one -> one.path("id").asString())
        .toList();
  }

  private ApiClient support() {
    return api.as(TestTokens.bearer(Ids.next(), Set.of("platform-support"), Map.of()));
  }
}
