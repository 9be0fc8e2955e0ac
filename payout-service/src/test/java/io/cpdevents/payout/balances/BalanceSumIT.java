package io.cpdevents.payout.balances;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class BalanceSumIT {

  private static final String INTERNAL = "Bearer internal-token-of-the-test";

  @Autowired private MutableClock clock;
  @Autowired private ApiClient api;
  @Autowired private JdbcClient jdbc;
  @Autowired private RecordEntry recordEntry;

  private final UUID organizationId = UUID.randomUUID();

  @Test
  void billing_reads_what_its_entries_add_up_to_in_each_currency() {
    record(LedgerAccount.ORGANIZATION, 9_500, "CAD");
    record(LedgerAccount.ORGANIZATION, -4_000, "CAD");
    record(LedgerAccount.HELD, 1_000, "CAD");
    record(LedgerAccount.IN_PAYOUT, 3_000, "CAD");
    record(LedgerAccount.ORGANIZATION, -7, "JPY");
    UUID nobody = UUID.randomUUID();

    Map<String, Long> sums =
        api.as(INTERNAL)
            .get(path(organizationId + "&organizationId=" + nobody))
            .expect(200)
            .body()
            .valueStream()
            .map(sum -> sum.path("amount"))
            .collect(
                Collectors.toMap(
                    amount -> amount.path("currency").asString(),
                    amount -> amount.path("amountMinor").asLong()));

    assertThat(sums).containsExactlyInAnyOrderEntriesOf(Map.of("CAD", 9_500L, "JPY", -7L));
  }

  @Test
  void nobody_else_reads_them_and_never_too_many_at_once() {
    api.as(TestTokens.bearer(UUID.randomUUID(), Set.of("platform-admin"), Map.of()))
        .get(path(organizationId.toString()))
        .refused(401, "internal-only");
    String many =
        IntStream.range(0, 51)
            .mapToObj(_ -> UUID.randomUUID().toString())
            .collect(Collectors.joining("&organizationId="));
    api.as(INTERNAL).get(path(many)).refused(400, "invalid-request");
  }

  @Test
  void a_preview_of_a_refund_reads_whether_the_events_money_could_be_paid_out_now() {
    UUID eventId = UUID.randomUUID();
    record(LedgerAccount.ORGANIZATION, 9_500, "CAD");
    assertThat(eventMoney(eventId).path("available").path("amountMinor").asLong()).isEqualTo(9_500);
    assertThat(eventMoney(eventId).path("released").asBoolean()).isFalse();
    assertThat(eventMoney(eventId).path("releasesAt").isNull()).isTrue();
    Instant end = clock.instant().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
    jdbc.sql(
            """
            INSERT INTO event (id, version, organization_id, title, latest_ends_at)
            VALUES (:id, 1, :organizationId, 'Wound care', :end)
            """)
        .param("id", eventId)
        .param("organizationId", organizationId)
        .param("end", Parameters.instant(end))
        .update();
    assertThat(Instant.parse(eventMoney(eventId).path("releasesAt").asString()))
        .isEqualTo(end.plus(Duration.ofDays(7)));
    clock.advance(Duration.ofDays(8));
    assertThat(eventMoney(eventId).path("released").asBoolean()).isTrue();
    assertThat(eventMoney(eventId).path("releasesAt").isNull()).isTrue();
  }

  private JsonNode eventMoney(UUID eventId) {
    return api.as(INTERNAL)
        .get(
            "/internal/event-money?currency=CAD&organizationId=%s&eventId=%s"
                .formatted(organizationId, eventId))
        .expect(200)
        .body();
  }

  private static String path(String organizationIds) {
    return "/internal/balance-sums?organizationId=" + organizationIds;
  }

  private void record(LedgerAccount account, long amountMinor, String currency) {
    recordEntry.handle(
        new Entry(
            UUID.randomUUID(),
            organizationId,
            account,
            UUID.randomUUID(),
            "payment-captured",
            Money.of(amountMinor, currency),
            Money.of(0, currency),
            new Entry.References(null, null, null, null, null, null),
            clock.instant()));
  }
}
