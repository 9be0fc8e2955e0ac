package io.cpdevents.platform.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.jobs.Jobs;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.testservice.TestService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest(classes = {TestService.class, OperationsIT.Errands.class})
class OperationsIT {

  private static final String OPS = "/api/v1/ops/registration";
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Errands have two temporary states: one in business time, one in system time. */
  @Configuration(proxyBeanMethods = false)
  static class Errands {
    @Bean
    StuckThreshold errandUnderWay() {
      return state("under-way", StuckThreshold.Time.BUSINESS);
    }

    @Bean
    StuckThreshold errandLeased() {
      return state("leased", StuckThreshold.Time.SYSTEM);
    }

    @Bean
    RecurringTask<Void> runErrands() {
      return Jobs.sweep("run-errands", Duration.ofHours(1), () -> 0);
    }

    private static StuckThreshold state(String name, StuckThreshold.Time time) {
      return new StuckThreshold(
          "errand",
          name,
          new StuckThreshold.Rows("errand", "status = '" + name + "'", "begun_at", time),
          LIMIT);
    }
  }

  @Autowired ApiClient api;
  @Autowired JdbcClient jdbc;
  @Autowired MutableClock clock;
  @Autowired MeterRegistry metrics;
  @Autowired StuckProcesses stuck;

  @AfterEach
  void remove_errands() {
    jdbc.sql("DELETE FROM errand").update();
  }

  @Test
  void only_a_process_that_stays_beyond_the_limit_is_stuck() {
    Instant now = clock.instant();
    begin("usual", "under-way", now.minus(LIMIT));
    begin("late", "under-way", now.minus(LIMIT).minusSeconds(1));
    begin("later", "under-way", now.minus(LIMIT).minusSeconds(50));
    begin("over", "done", now.minus(Duration.ofDays(9)));
    begin("due-tomorrow", "leased", Clock.systemUTC().instant().plus(Duration.ofDays(1)));
    JsonNode states = get(OPS + "/processes").path("data");
    assertThat(states.valueStream().map(state -> state.path("state").asString()))
        .containsExactlyInAnyOrder("under-way", "leased");
    JsonNode underWay = named(states, "under-way");
    assertThat(underWay.path("process").asString()).isEqualTo("errand");
    assertThat(underWay.path("limitSeconds").asLong()).isEqualTo(LIMIT.toSeconds());
    assertThat(underWay.path("stuck").asLong()).isEqualTo(2);
    assertThat(underWay.path("oldestAgeSeconds").asLong()).isEqualTo(LIMIT.toSeconds() + 50);
    assertThat(underWay.path("oldestIds").valueStream().map(JsonNode::asString))
        .containsExactly("later", "late");
    JsonNode leased = named(states, "leased");
    assertThat(leased.path("stuck").asLong()).isZero();
    assertThat(leased.path("oldestAgeSeconds").asLong()).isZero();
    assertThat(leased.path("oldestIds").isEmpty()).isTrue();
  }

  @Test
  void a_lease_is_measured_in_system_time() {
    begin("leased", "leased", Clock.systemUTC().instant().minus(LIMIT).minusSeconds(5));
    JsonNode leased = named(get(OPS + "/processes").path("data"), "leased");
    assertThat(leased.path("stuck").asLong()).isEqualTo(1);
    assertThat(leased.path("oldestAgeSeconds").asDouble())
        .isCloseTo(LIMIT.toSeconds() + 5.0, within(30.0));
  }

  @Test
  void stuck_processes_are_listed_page_by_page_the_oldest_first() {
    Instant stuckSince = clock.instant().minus(Duration.ofHours(2));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      begin("errand-" + i, "under-way", stuckSince.plusSeconds(i / 2));
      expected.add("errand-" + i);
    }
    List<String> listed = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = get(OPS + "/processes/errand/states/under-way?limit=2&after=" + after);
      assertThat(page.path("data").size()).isLessThanOrEqualTo(2);
      page.path("data").valueStream().forEach(one -> listed.add(one.path("id").asString()));
      assertThat(page.at("/data/0/since").asString()).startsWith("2027-03-01T13:00:0");
      assertThat(page.at("/data/0/ageSeconds").asLong()).isBetween(7_198L, 7_200L);
      after = page.path("next").asString("");
    } while (!after.isEmpty());
    assertThat(listed).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(listed.getLast()).isEqualTo("errand-4");
  }

  @Test
  void the_gauges_agree_with_the_list() {
    SimpleMeterRegistry own = new SimpleMeterRegistry();
    begin("late", "under-way", clock.instant().minus(LIMIT).minusSeconds(20));
    ProcessMetrics kept = new ProcessMetrics(stuck, Clock.systemUTC(), own);
    assertThat(gauge(own, "cpd.process.stuck")).isEqualTo(1);
    assertThat(gauge(own, "cpd.process.oldest")).isEqualTo(LIMIT.toSeconds() + 20.0);
    assertThat(metrics.find("cpd.process.stuck").gauges()).hasSize(2);
    assertThat(kept).isNotNull();
  }

  @Test
  void a_job_is_shown_with_its_outcomes_and_the_next_run() {
    Awaitility.await()
        .untilAsserted(() -> {
          JsonNode page = get(OPS + "/jobs?name=run-errands");
          assertThat(page.path("data").size()).isEqualTo(1);
          JsonNode job = page.at("/data/0");
          assertThat(job.path("instance").asString()).isEqualTo("recurring");
          assertThat(job.path("lastSuccessAt").asString("")).isNotEmpty();
          assertThat(job.path("picked").asBoolean()).isFalse();
          assertThat(job.path("consecutiveFailures").asInt()).isZero();
          assertThat(Instant.parse(job.path("nextRunAt").asString()))
              .isAfter(Clock.systemUTC().instant());
        });
    List<String> names = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = get(OPS + "/jobs?limit=1&after=" + after);
      page.path("data").valueStream().forEach(job -> names.add(job.path("name").asString()));
      after = page.path("next").asString("");
    } while (!after.isEmpty());
    assertThat(names).contains("run-errands", "maintain-inbox");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /processes/errand/states/nowhere           , 404 , process-not-found
          /processes/nothing/states/under-way        , 404 , process-not-found
          /processes/errand/states/%00               , 400 , malformed-request
          /processes/errand/states/under-way?limit=0 , 400 , invalid-request
          /processes/errand/states/under-way?after=x , 400 , invalid-request
          /jobs?limit=101                     , 400 , invalid-request
          /jobs?after=AAAA                    , 400 , invalid-request
          /jobs?name=%00                      , 400 , invalid-request
          """)
  void junk_is_refused_with_a_code(String path, int status, String code) {
    // The client encodes the path.
    as("platform-support").get(OPS + path.replace("%00", "\0")).refused(status, code);
  }

  @Test
  void a_job_name_that_is_too_long_is_refused_and_an_unknown_one_is_an_empty_list() {
    as("platform-support").get(OPS + "/jobs?name=" + "x".repeat(101)).expect(400);
    assertThat(get(OPS + "/jobs?name=nobody").path("data").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"/processes", "/processes/errand/states/under-way", "/jobs"})
  void only_people_of_the_platform_may_look(String path) {
    api.get(OPS + path).expect(401);
    api.as(TestTokens.bearer(Ids.next())).get(OPS + path).expect(403);
    as("platform-finance").get(OPS + path).expect(403);
    as("platform-admin").get(OPS + path).expect(200);
  }

  @Test
  void names_that_are_not_valid_in_a_url_or_a_statement_are_refused() {
    StuckThreshold.Rows rows =
        new StuckThreshold.Rows("errand", "true", "begun_at", StuckThreshold.Time.BUSINESS);
    assertThatThrownBy(() -> new StuckThreshold("Errand", "under-way", rows, LIMIT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StuckThreshold("errand", "under way", rows, LIMIT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new StuckThreshold.Rows("a; b", "true", "begun_at", StuckThreshold.Time.BUSINESS))
        .isInstanceOf(IllegalArgumentException.class);
    StuckThreshold once = new StuckThreshold("errand", "under-way", rows, LIMIT);
    assertThatThrownBy(() -> new StuckProcesses(List.of(once, once), jdbc, clock, clock))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double gauge(MeterRegistry registry, String name) {
    return registry.get(name).tag("process", "errand").tag("state", "under-way").gauge().value();
  }

  private static JsonNode named(JsonNode states, String name) {
    return states
        .valueStream()
        .filter(state -> state.path("state").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void begin(String id, String status, Instant at) {
    jdbc.sql("INSERT INTO errand (id, status, begun_at) VALUES (:id, :status, :at)")
        .param("id", id)
        .param("status", status)
        .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
        .update();
  }

  private static String bearer(String role) {
    return TestTokens.bearer(Ids.next(), Set.of(role), Map.of());
  }

  private JsonNode get(String path) {
    return as("platform-support").get(path).expect(200).body();
  }

  private ApiClient as(String role) {
    return api.as(bearer(role));
  }
}
