package io.cpdevents.payout.balances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.contracts.billing.LedgerEvent.OrganizationEntryPosted;
import io.cpdevents.contracts.registration.EventEvent.EventChanged;
import io.cpdevents.payout.PaidOrganization;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class BalanceIT {

  private static final int ENTRIES = 100;

  @Autowired private JdbcClient jdbc;
  @Autowired private MutableClock clock;
  @Autowired private RecordEntry recordEntry;
  @Autowired private BalanceQueries queries;
  @Autowired private ApiClient api;
  @Autowired private PaidOrganization organization;
  @Autowired private Facts facts;

  private final UUID eventId = UUID.randomUUID();

  @BeforeAll
  static void wait_long_enough_for_a_busy_machine() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(45));
  }

  @Test
  void what_billing_posted_is_pending_however_often_it_is_told() {
    OrganizationEntryPosted posted = posted("organization", 11_750, "payment-captured");
    UUID messageId = UUID.randomUUID();
    IntStream.range(0, 5).forEach(_ -> facts.tell(posted, messageId));
    // The same fact under another message id: the entry's own id stops it.
    facts.tell(posted);
    facts.tell(posted("organization", 250, "payment-captured"));

    awaitBalance("CAD", 12_000, 0, 0, 0);
    assertSumsHold();
    assertThat(entryCount()).isEqualTo(2);
  }

  @Test
  void an_events_earnings_become_available_seven_days_after_its_end() {
    Instant endsAt = clock.instant().plus(Duration.ofDays(2));
    facts.tell(event(1, endsAt));
    facts.tell(posted("organization", 5_000, "payment-captured"));
    awaitBalance("CAD", 5_000, 0, 0, 0);
    await().untilAsserted(() -> assertThat(eventEndsAt()).isEqualTo(endsAt));

    clock.advance(Duration.ofDays(9).minusSeconds(1));
    assertThat(balance("CAD").pending().amountMinor()).isEqualTo(5_000);
    clock.advance(Duration.ofSeconds(1));
    assertThat(balance("CAD").available().amountMinor()).isEqualTo(5_000);
    assertThat(balance("CAD").pending().isZero()).isTrue();
  }

  @Test
  void what_was_sold_before_an_event_was_moved_waits_for_the_later_end() {
    Instant sold = clock.instant().plus(Duration.ofDays(30));
    Instant moved = clock.instant().minus(Duration.ofDays(8));
    facts.tell(event(1, sold));
    facts.tell(posted("organization", 5_000, "payment-captured"));
    facts.tell(event(2, moved, sold));
    await().untilAsserted(() -> assertThat(eventEndsAt()).isEqualTo(sold));
    awaitBalance("CAD", 5_000, 0, 0, 0);
    assertThat(balance("CAD").nextRelease())
        .isEqualTo(new Balance.Release(sold.plus(Duration.ofDays(7)), Money.of(5_000, "CAD")));

    clock.advance(Duration.ofDays(37));

    awaitBalance("CAD", 0, 5_000, 0, 0);
    assertThat(balance("CAD").nextRelease()).isNull();
  }

  @Test
  void an_event_that_is_told_without_its_latest_end_counts_by_its_end() {
    Instant endsAt = clock.instant().plus(Duration.ofDays(3));
    facts.tell(event(1, endsAt, null));

    await().untilAsserted(() -> assertThat(eventEndsAt()).isEqualTo(endsAt));
  }

  @Test
  void the_next_release_is_that_of_the_events_that_end_first() {
    Instant first = clock.instant().plus(Duration.ofDays(1));
    UUID other = UUID.randomUUID();
    UUID later = UUID.randomUUID();
    facts.tell(event(1, first));
    facts.tell(eventOf(other, first));
    facts.tell(eventOf(later, first.plus(Duration.ofDays(1))));
    facts.tell(posted("organization", 1_000, "payment-captured"));
    facts.tell(entry(other, "organization", new MoneyAmount(200, "CAD"), "payment-captured"));
    facts.tell(entry(later, "organization", new MoneyAmount(30, "CAD"), "payment-captured"));
    facts.tell(
        entry(UUID.randomUUID(), "organization", new MoneyAmount(4, "CAD"), "payment-captured"));

    awaitBalance("CAD", 1_234, 0, 0, 0);
    await()
        .untilAsserted(() ->
            assertThat(balance("CAD").nextRelease())
                .isEqualTo(
                    new Balance.Release(first.plus(Duration.ofDays(7)), Money.of(1_200, "CAD"))));
  }

  @Test
  void the_entries_explain_each_figure_to_the_cent() {
    UUID over = UUID.randomUUID();
    facts.tell(event(1, clock.instant().plus(Duration.ofDays(2))));
    facts.tell(eventOf(over, clock.instant().minus(Duration.ofDays(8))));
    facts.tell(posted("organization", 11_750, "payment-captured"));
    facts.tell(posted("organization", -250, "refund-accepted"));
    facts.tell(posted("organization", -4_000, "dispute-held"));
    facts.tell(posted("held", 4_000, "dispute-held"));
    facts.tell(entry(over, "organization", new MoneyAmount(9_000, "CAD"), "payment-captured"));
    facts.tell(withoutEvent("organization", -3_000, "payout-made"));
    facts.tell(withoutEvent("in-payout", 3_000, "payout-made"));
    facts.tell(withoutEvent("in-payout", -1_200, "payout-paid"));
    facts.tell(withoutEvent("organization", 200, "payout-returned"));
    facts.tell(entry(over, "organization", new MoneyAmount(7, "JPY"), "payment-captured"));
    awaitBalance("CAD", 7_500, 6_200, 4_000, 1_800);
    awaitBalance("JPY", 0, 7, 0, 0);

    List<JsonNode> entries = allEntries("CAD", 3);

    assertThat(entries).hasSize(9).extracting(entry -> entry.path("id")).doesNotHaveDuplicates();
    assertThat(sumOf(entries, "pending")).isEqualTo(7_500);
    assertThat(sumOf(entries, "available")).isEqualTo(6_200);
    assertThat(sumOf(entries, "reserved")).isEqualTo(4_000);
    assertThat(sumOf(entries, "in-transit")).isEqualTo(1_800);
    assertThat(
            entries.stream()
                .mapToLong(entry -> entry.path("paidOut").path("amountMinor").asLong())
                .sum())
        .isEqualTo(balance("CAD").paidOut().amountMinor())
        .isEqualTo(1_000);
    for (JsonNode entry : entries) {
      boolean pending = entry.path("figure").asString().equals("pending");
      String releasesAt = entry.path("releasesAt").asString("");
      assertThat(!releasesAt.isEmpty() && Instant.parse(releasesAt).isAfter(clock.instant()))
          .isEqualTo(pending || entry.path("account").asString().equals("held"));
    }
    assertThat(allEntries("JPY", 3)).hasSize(1);
    assertThat(allEntries("USD", 3)).isEmpty();
    assertThat(entriesFor(organization.bearer("owner"), "").expect(200).body().path("data"))
        .hasSize(10);
  }

  private static long sumOf(List<JsonNode> entries, String figure) {
    return entries.stream()
        .filter(entry -> entry.path("figure").asString().equals(figure))
        .mapToLong(entry -> entry.path("amount").path("amountMinor").asLong())
        .sum();
  }

  private List<JsonNode> allEntries(String currency, int limit) {
    List<JsonNode> all = new ArrayList<>();
    String after = "";
    while (true) {
      JsonNode page =
          entriesFor(
                  organization.bearer("finance"),
                  "currency=" + currency + "&limit=" + limit + after)
              .expect(200)
              .body();
      page.path("data").forEach(all::add);
      if (page.path("next").isNull()) {
        return all;
      }
      after = "&after=" + page.path("next").asString();
    }
  }

  private Answer entriesFor(String bearer, String query) {
    return api.as(bearer).get(organization.path("balance") + "/entries?" + query);
  }

  private EventChanged eventOf(UUID id, Instant endsAt) {
    return new EventChanged(
        id,
        1,
        organization.id(),
        "Suturing",
        endsAt.minus(Duration.ofHours(8)),
        endsAt,
        "America/Toronto",
        "published",
        endsAt,
        "in-person");
  }

  @Test
  void an_older_version_of_an_event_changes_nothing() {
    Instant later = clock.instant().plus(Duration.ofDays(30));
    facts.tell(event(2, later));
    await().untilAsserted(() -> assertThat(eventEndsAt()).isEqualTo(later));
    facts.tell(event(1, clock.instant().minus(Duration.ofDays(30))));
    facts.tell(posted("organization", 100, "payment-captured"));
    facts.tell(event(3, later.plusSeconds(60)));

    await().untilAsserted(() -> assertThat(eventEndsAt()).isEqualTo(later.plusSeconds(60)));
    awaitBalance("CAD", 100, 0, 0, 0);
  }

  @Test
  void a_refund_after_the_payout_leaves_the_balance_negative_until_the_next_one_nets_it() {
    facts.tell(event(1, clock.instant().minus(Duration.ofDays(8))));
    facts.tell(posted("organization", 10_000, "payment-captured"));
    facts.tell(withoutEvent("organization", -10_000, "payout-made"));
    facts.tell(withoutEvent("in-payout", 10_000, "payout-made"));
    awaitBalance("CAD", 0, 0, 0, 10_000);
    facts.tell(withoutEvent("in-payout", -10_000, "payout-paid"));
    facts.tell(posted("organization", -2_500, "refund-accepted"));

    awaitBalance("CAD", 0, -2_500, 0, 0);
    assertThat(balance("CAD").paidOut()).isEqualTo(Money.of(10_000, "CAD"));
    assertSumsHold();
  }

  @Test
  void disputed_money_is_reserved_and_each_currency_stands_alone() {
    facts.tell(posted("organization", 10_000, "payment-captured"));
    facts.tell(posted("organization", -4_000, "dispute-held"));
    facts.tell(posted("held", 4_000, "dispute-held"));
    facts.tell(entry(eventId, "organization", new MoneyAmount(12_500, "KWD"), "payment-captured"));
    facts.tell(entry(eventId, "organization", new MoneyAmount(3_000, "JPY"), "payment-captured"));

    awaitBalance("CAD", 6_000, 0, 4_000, 0);
    awaitBalance("KWD", 12_500, 0, 0, 0);
    awaitBalance("JPY", 3_000, 0, 0, 0);
    assertSumsHold();
  }

  @Test
  void an_entry_keeps_what_it_is_about() {
    UUID registrationId = UUID.randomUUID();
    UUID paymentId = UUID.randomUUID();
    UUID refundId = UUID.randomUUID();
    UUID disputeId = UUID.randomUUID();
    UUID payoutId = UUID.randomUUID();
    OrganizationEntryPosted posted =
        organization
            .entry("refund-accepted", -2_500)
            .ofEvent(eventId)
            .ofRegistration(registrationId)
            .ofPayment(paymentId)
            .ofRefund(refundId)
            .ofDispute(disputeId)
            .ofPayout(payoutId)
            .withPlatformFee(-140)
            .fact();
    facts.tell(posted);
    facts.tell(withoutEvent("organization", -1, "payout-made"));

    awaitBalance("CAD", -2_500, -1, 0, 0);
    assertThat(references(posted.entryId()))
        .containsExactly(eventId, registrationId, paymentId, refundId, disputeId, payoutId);
  }

  @Test
  void many_writers_on_one_organization_lose_nothing() {
    Random random = new Random(42);
    List<Entry> entries =
        IntStream.range(0, ENTRIES)
            .mapToObj(_ -> random.nextInt(-500, 1_000))
            .map(amountMinor -> entryOf(LedgerAccount.ORGANIZATION, amountMinor))
            .toList();

    // Each entry twice, and all of them at the same moment.
    AtOnce.all(
        Stream.concat(entries.stream(), entries.reversed().stream()).map(this::recording).toList());

    long expectedMinor = entries.stream().mapToLong(entry -> entry.amount().amountMinor()).sum();
    assertThat(balance("CAD").pending().amountMinor()).isEqualTo(expectedMinor);
    assertThat(entryCount()).isEqualTo(ENTRIES);
    assertSumsHold();
  }

  @Test
  void a_known_entry_told_with_another_amount_is_a_bug_and_refused() {
    Entry entry = entryOf(LedgerAccount.ORGANIZATION, 100);
    recordEntry.handle(entry);
    Entry other =
        new Entry(
            entry.id(),
            entry.organizationId(),
            entry.account(),
            entry.journalId(),
            entry.journalKind(),
            Money.of(101, "CAD"),
            entry.platformFee(),
            entry.references(),
            entry.occurredAt());

    assertThatThrownBy(() -> recordEntry.handle(other)).isInstanceOf(IllegalStateException.class);
    assertThat(balance("CAD").pending().amountMinor()).isEqualTo(100);
  }

  @Test
  void the_running_service_cannot_change_or_remove_entries() {
    recordEntry.handle(entryOf(LedgerAccount.ORGANIZATION, 100));

    assertThatThrownBy(() -> jdbc.sql("UPDATE entry SET amount_minor = 0").update())
        .isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> jdbc.sql("DELETE FROM entry").update())
        .isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> jdbc.sql("DELETE FROM balance").update())
        .isInstanceOf(DataAccessException.class);
  }

  @Test
  void owner_admin_and_finance_see_the_balance_and_nobody_else() {
    recordEntry.handle(entryOf(LedgerAccount.ORGANIZATION, 12_550));
    for (String role : List.of("owner", "admin", "finance")) {
      JsonNode row = balanceFor(organization.bearer(role)).expect(200).body().path("data").path(0);
      assertThat(row.path("currency").asString()).isEqualTo("CAD");
      assertThat(row.path("pending").toString())
          .isEqualTo("{\"amountMinor\":12550,\"currency\":\"CAD\"}");
      assertThat(row.propertyNames())
          .containsExactlyInAnyOrder(
              "currency",
              "pending",
              "available",
              "reserved",
              "inTransit",
              "paidOut",
              "withheld",
              "nextRelease");
    }
    balanceFor(organization.bearer("staff")).expect(403);
    entriesFor(organization.bearer("staff"), "currency=CAD").expect(403);
    entriesFor(TestTokens.bearer(UUID.randomUUID()), "currency=CAD")
        .refused(404, "organization-not-found");
    entriesFor(organization.bearer("owner"), "currency=cad").refused(400, "invalid-request");
    entriesFor(organization.bearer("owner"), "currency=ZZZ").refused(400, "invalid-request");
    balanceFor(TestTokens.bearer(UUID.randomUUID())).refused(404, "organization-not-found");
    api.get(organization.path("balance")).expect(401);
  }

  @Test
  void organizations_are_known_by_their_newest_name() {
    UUID owner = UUID.randomUUID();
    facts.tell(
        new OrganizationChanged(
            organization.id(), 2, "Nurses of Ontario", owner, List.of(owner), null));
    facts.tell(
        new OrganizationChanged(organization.id(), 1, "Nurses", owner, List.of(owner), null));
    facts.tell(posted("organization", 1, "payment-captured"));

    awaitBalance("CAD", 1, 0, 0, 0);
    await()
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql("SELECT name FROM organization WHERE id = :id")
                        .param("id", organization.id())
                        .query(String.class)
                        .optional())
                .contains("Nurses of Ontario"));
  }

  private OrganizationEntryPosted posted(String account, long amountMinor, String kind) {
    return entry(eventId, account, new MoneyAmount(amountMinor, "CAD"), kind);
  }

  private OrganizationEntryPosted withoutEvent(String account, long amountMinor, String kind) {
    return entry(null, account, new MoneyAmount(amountMinor, "CAD"), kind);
  }

  private OrganizationEntryPosted entry(
      @Nullable UUID event, String account, MoneyAmount amount, String kind) {
    return organization.entry(kind, amount).ofEvent(event).on(account).fact();
  }

  private Entry entryOf(LedgerAccount account, long amountMinor) {
    return new Entry(
        UUID.randomUUID(),
        organization.id(),
        account,
        UUID.randomUUID(),
        "payment-captured",
        Money.of(amountMinor, "CAD"),
        Money.of(0, "CAD"),
        new Entry.References(eventId, null, null, null, null, null),
        clock.instant());
  }

  private Callable<Entry> recording(Entry entry) {
    return () -> {
      recordEntry.handle(entry);
      return entry;
    };
  }

  private EventChanged event(long version, Instant endsAt) {
    return event(version, endsAt, endsAt);
  }

  private EventChanged event(long version, Instant endsAt, @Nullable Instant latestEndsAt) {
    return new EventChanged(
        eventId,
        version,
        organization.id(),
        "Wound care",
        endsAt.minus(Duration.ofHours(8)),
        endsAt,
        "America/Toronto",
        "published",
        latestEndsAt,
        "in-person");
  }

  private Instant eventEndsAt() {
    return jdbc.sql("SELECT latest_ends_at FROM event WHERE id = :id")
        .param("id", eventId)
        .query((row, _) -> Columns.instant(row, "latest_ends_at"))
        .optional()
        .orElse(Instant.EPOCH);
  }

  private List<@Nullable UUID> references(UUID entryId) {
    return jdbc.sql(
            """
            SELECT unnest(ARRAY[event_id, registration_id, payment_id, refund_id, dispute_id, payout_id])
            FROM entry WHERE id = :id
            """)
        .param("id", entryId)
        .query(UUID.class)
        .list();
  }

  private long entryCount() {
    return jdbc.sql("SELECT count(*) FROM entry WHERE organization_id = :id")
        .param("id", organization.id())
        .query(Long.class)
        .single();
  }

  private Balance balance(String currency) {
    return queries.balancesOf(organization.id()).stream()
        .filter(balance -> balance.available().currency().getCurrencyCode().equals(currency))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no balance in " + currency));
  }

  private void awaitBalance(
      String currency, long pending, long available, long reserved, long inTransit) {
    await()
        .untilAsserted(() ->
            assertThat(balance(currency))
                .extracting(
                    balance -> balance.pending().amountMinor(),
                    balance -> balance.available().amountMinor(),
                    balance -> balance.reserved().amountMinor(),
                    balance -> balance.inTransit().amountMinor())
                .containsExactly(pending, available, reserved, inTransit));
  }

  /** The invariant: every balance row is the sum of its entries. */
  private void assertSumsHold() {
    assertThat(
            jdbc.sql(
                    """
                    SELECT count(*)
                    FROM (SELECT organization_id, currency, event_id, count(*) AS entry_count,
                            coalesce(sum(amount_minor) FILTER (WHERE account = 'organization'), 0) AS o,
                            coalesce(sum(amount_minor) FILTER (WHERE account = 'held'), 0) AS h,
                            coalesce(sum(amount_minor) FILTER (WHERE account = 'in-payout'), 0) AS p
                          FROM entry GROUP BY organization_id, currency, event_id) AS summed
                    FULL JOIN balance AS b
                      ON b.organization_id = summed.organization_id AND b.currency = summed.currency
                     AND b.event_id IS NOT DISTINCT FROM summed.event_id
                    WHERE b.organization_minor IS DISTINCT FROM summed.o
                       OR b.held_minor IS DISTINCT FROM summed.h
                       OR b.in_payout_minor IS DISTINCT FROM summed.p
                       OR b.entry_count IS DISTINCT FROM summed.entry_count
                    """)
                .query(Long.class)
                .single())
        .isZero();
  }

  private Answer balanceFor(String bearer) {
    return api.as(bearer).get(organization.path("balance"));
  }
}
