package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import io.cpdevents.contracts.billing.RefundRequester;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What organizations, buyers and the platform's people do with refunds over HTTP. */
class RefundApiIT extends BillingJourney {

  private static final String REASON = "The room was too small";

  @Test
  void an_organization_refunds_an_amount_and_the_buyer_sees_why() {
    Held held = hold("CAD", 10_000, 5_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    Answer asked = refund(finance(held), payment, amount(4_500, "CAD"));
    assertThat(asked.status()).as(asked.body().toString()).isEqualTo(202);
    UUID id = UUID.fromString(asked.body().path("id").asString());
    RefundAccepted accepted =
        events.await(RefundAccepted.class, event -> event.refundId().equals(id));
    assertThat(accepted.cause()).isEqualTo(RefundCause.REQUESTED);
    awaitRefundStatus(id, "succeeded");

    JsonNode seen = get("/api/v1/refunds/" + id, TestTokens.bearer(held.accountId())).body();
    assertThat(seen.path("paymentId").asString()).isEqualTo(payment.toString());
    assertThat(seen.path("registrationId").asString()).isEqualTo(held.registrationId().toString());
    assertThat(seen.path("amount").path("amountMinor").asLong()).isEqualTo(4_500);
    assertThat(seen.path("cause").asString()).isEqualTo("requested");
    assertThat(seen.path("reason").asString()).isEqualTo(REASON);
    assertThat(seen.has("requestedBy")).isFalse();
    assertThat(accepted.requestedBy()).isEqualTo(RefundRequester.ORGANIZATION);
    assertThat(seen.at("/lines/0/amount/amountMinor").asLong()).isEqualTo(3_000);
    assertThat(seen.at("/lines/1/amount/amountMinor").asLong()).isEqualTo(1_500);
    assertThat(seen.at("/attempts/0/attempt").asInt()).isEqualTo(1);
    assertThat(seen.at("/attempts/0/status").asString()).isEqualTo("succeeded");
    assertThat(seen.path("requestedAt").asString()).isNotEmpty();
    assertThat(seen.path("succeededAt").asString()).isNotEmpty();
    assertThat(stripe.refundsOf(intent)).hasSize(1);
    assertThat(connection.requests("POST /v1/refunds refund:" + id + ":1")).hasSize(1);
    JsonNode paid = get("/api/v1/payments/" + payment, finance(held)).body();
    assertThat(paid.path("refundable").path("amountMinor").asLong()).isEqualTo(10_500);
  }

  @Test
  void from_five_hundred_on_a_refund_asks_for_a_recent_proof_of_who_asks() {
    Held held = hold("CAD", 60_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    String stolen =
        TestTokens.token()
            .organization(held.organizationId(), "finance")
            .proved(Instant.now().minusSeconds(301))
            .bearer();

    assertRefused(refund(stolen, payment, amount(50_000, "CAD")), 403, "step-up-required");
    assertRefused(refund(stolen, payment, ""), 403, "step-up-required");
    refund(stolen, payment, amount(49_999, "CAD")).expect(202);
    assertThat(refundsOf(payment)).isEqualTo(1);
  }

  @Test
  void who_has_asked_for_a_refund_is_shown_to_finance_told_and_audited() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    UUID anna = Ids.next();
    String platform = TestTokens.bearer(anna, Set.of("platform-finance"), Map.of());
    JsonNode asked = refund(platform, payment, amount(1_000, "CAD")).expect(202).body();
    UUID id = UUID.fromString(asked.path("id").asString());
    for (String reader : List.of(platform, finance(held))) {
      JsonNode shown = get("/api/v1/refunds/" + id, reader).body().path("requestedBy");
      assertThat(shown.path("accountId").asString()).isEqualTo(anna.toString());
      assertThat(shown.path("role").asString()).isEqualTo("platform-finance");
    }
    RefundAccepted told = events.await(RefundAccepted.class, event -> event.refundId().equals(id));
    assertThat(told.requestedBy()).isEqualTo(RefundRequester.PLATFORM);
    AuditEntryRecorded entry =
        events.await(AuditEntryRecorded.class, each -> each.subjectId().equals(id.toString()));
    assertThat(entry.action()).isEqualTo("refund.requested");
    assertThat(entry.organizationId()).isEqualTo(held.organizationId());
    assertThat(entry.details()).containsEntry("role", "platform-finance");
  }

  @Test
  void an_organization_refunds_tickets_one_after_the_other_until_nothing_is_left() {
    Held held = hold("CAD", 10_000, 5_000, 2_500);
    UUID payment = paymentOf(held);
    paid(held, payment);
    Answer second = refund(admin(held), payment, tickets(held.tickets().get(1)));
    assertThat(second.body().path("amount").path("amountMinor").asLong()).isEqualTo(5_000);
    assertThat(second.body().path("lines")).hasSize(1);

    assertRefused(
        refund(admin(held), payment, tickets(held.tickets().get(1))), 409, "exceeds-refundable");
    assertRefused(refund(admin(held), payment, amount(12_501, "CAD")), 409, "exceeds-refundable");

    Answer rest = refund(admin(held), payment, "");
    assertThat(rest.body().path("amount").path("amountMinor").asLong()).isEqualTo(12_500);
    assertThat(rest.body().path("lines")).hasSize(2);
    assertRefused(refund(admin(held), payment, ""), 409, "nothing-to-refund");
    assertThat(sum("organization:" + held.organizationId(), payment)).isZero();
    assertThat(sum("platform-fees", payment)).isZero();
  }

  @Test
  void a_preview_says_who_bears_what_and_changes_nothing() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    JsonNode half = preview(finance(held), payment, amount(5_000, "CAD")).body();
    assertThat(half.path("amount").path("amountMinor").asLong()).isEqualTo(5_000);
    assertThat(half.at("/lines/0/ticketId").asString())
        .isEqualTo(held.tickets().getFirst().toString());
    // The fee is 5 % and 0.50, Stripe's is 2.9 % and 0.30.
    assertThat(half.path("organizationShare").path("amountMinor").asLong()).isEqualTo(4_725);
    assertThat(half.path("platformShare").path("amountMinor").asLong()).isEqualTo(275);
    assertThat(half.path("stripeFeeKept").path("amountMinor").asLong()).isEqualTo(160);
    assertThat(half.path("organizationBalanceAfter").path("amountMinor").asLong())
        .isEqualTo(9_450 - 4_725);
    assertThat(refund(finance(held), payment, amount(5_000, "CAD")).status()).isEqualTo(202);
    JsonNode rest = preview(finance(held), payment, "").body();
    assertThat(rest.path("amount").path("amountMinor").asLong()).isEqualTo(5_000);
    assertThat(rest.path("stripeFeeKept").path("amountMinor").asLong()).isEqualTo(160);
    assertThat(rest.path("organizationBalanceAfter").path("amountMinor").asLong()).isZero();
    assertRefused(preview(finance(held), payment, amount(5_001, "CAD")), 409, "exceeds-refundable");
  }

  @Test
  void what_is_wrong_is_refused_before_stripe_is_called() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    assertRefused(refund(finance(held), Ids.next(), ""), 404, "payment-not-found");
    assertRefused(refund(finance(held), payment, ""), 409, "not-captured");
    String intent = paid(held, payment);
    assertField(refund(finance(held), payment, tickets(Ids.next())), "ticketIds", "not-found");
    assertField(
        refund(finance(held), payment, amount(0, "CAD")), "amount.amountMinor", "out-of-range");
    assertField(
        preview(finance(held), payment, amount(-1, "CAD")), "amount.amountMinor", "out-of-range");
    assertRefused(refund(finance(held), payment, amount(15, "KWD")), 422, "amount-not-payable");
    assertField(
        refund(finance(held), payment, amount(100, "USD")), "amount.currency", "wrong-currency");
    assertRefused(refund(finance(held), payment, amount(10_001, "CAD")), 409, "exceeds-refundable");
    assertField(
        refund(finance(held), payment, amount(1, "CAD") + tickets(held.tickets().getFirst())),
        "ticketIds",
        "amount-given");
    assertThat(refundsOf(payment)).isZero();
    assertThat(stripe.refundsOf(intent)).isEmpty();
  }

  @Test
  void a_payment_that_is_disputed_is_not_refunded() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    jdbc.sql("UPDATE payment SET open_disputes = 1 WHERE id = :id").param("id", payment).update();
    assertRefused(refund(finance(held), payment, ""), 409, "disputed");
    jdbc.sql("UPDATE payment SET open_disputes = 0 WHERE id = :id").param("id", payment).update();
    assertThat(refund(finance(held), payment, "").status()).isEqualTo(202);
  }

  @Test
  void the_same_key_is_the_same_refund_and_without_one_there_is_none() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    String path = "/api/v1/payments/" + payment + "/refunds";
    assertRefused(api.as(finance(held)).post(path, body("")), 400, "idempotency-key-required");
    String key = UUID.randomUUID().toString();
    String bearer = finance(held);
    Answer first = api.as(bearer).withKey(key).post(path, body(amount(1_000, "CAD")));
    Answer again = api.as(bearer).withKey(key).post(path, body(amount(1_000, "CAD")));
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.body().path("id")).isEqualTo(first.body().path("id"));
    assertThat(refundsOf(payment)).isEqualTo(1);
    assertRefused(
        api.as(bearer).withKey(key).post(path, body(amount(2_000, "CAD"))),
        422,
        "idempotency-key-reused");
  }

  @Test
  void refunds_at_the_same_moment_never_give_back_more_than_was_paid() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    List<Answer> answers =
        AtOnce.times(8, () -> refund(finance(held), payment, amount(3_000, "CAD")));
    assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(3);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 202)
        .allSatisfy(answer -> assertRefused(answer, 409, "exceeds-refundable"));
    assertThat(refundsOf(payment)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"owner, 202", "admin, 202", "finance, 202", "staff, 403"})
  void the_role_in_the_organization_decides(String role, int status) {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    String member = TestTokens.bearer(Ids.next(), Set.of(), Map.of(held.organizationId(), role));
    Answer answer = refund(member, payment, amount(1_000, "CAD"));
    assertThat(answer.status()).isEqualTo(status);
    int listed =
        get("/api/v1/organizations/" + held.organizationId() + "/refunds", member).status();
    assertThat(listed).isEqualTo(status == 202 ? 200 : 403);
  }

  @Test
  void others_see_no_refund_and_the_platforms_people_see_all() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    String stranger = TestTokens.bearer(Ids.next(), Set.of(), Map.of(Ids.next(), "owner"));
    assertRefused(refund(stranger, payment, ""), 404, "payment-not-found");
    assertRefused(preview(stranger, payment, ""), 404, "payment-not-found");
    String buyer = TestTokens.bearer(held.accountId());
    assertRefused(refund(buyer, payment, ""), 404, "payment-not-found");
    Answer asked = refund(finance(), payment, "");
    assertThat(asked.status()).isEqualTo(202);
    String path = asked.header("Location");
    assertThat(path).isEqualTo("/api/v1/refunds/" + asked.body().path("id").asString());
    assertRefused(get(path, stranger), 404, "refund-not-found");
    assertRefused(get("/api/v1/refunds/" + Ids.next(), finance()), 404, "refund-not-found");
    String support = TestTokens.bearer(Ids.next(), Set.of("platform-support"), Map.of());
    assertThat(get(path, support).status()).isEqualTo(200);
    assertThat(get(path, finance()).status()).isEqualTo(200);
    assertRefused(refund(support, payment, ""), 404, "payment-not-found");
    String list = "/api/v1/organizations/" + held.organizationId() + "/refunds";
    assertRefused(get(list, stranger), 404, "organization-not-found");
    assertThat(get(list, support).body().path("data")).hasSize(1);
  }

  @Test
  void the_organizations_list_is_filtered_and_read_page_by_page() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    for (int i = 1; i <= 3; i++) {
      UUID id =
          UUID.fromString(
              refund(finance(held), payment, amount(1_000 * i, "CAD"))
                  .body()
                  .path("id")
                  .asString());
      awaitRefundStatus(id, "succeeded");
    }
    String list = "/api/v1/organizations/" + held.organizationId() + "/refunds";
    assertThat(amounts(get(list, finance(held)))).containsExactly(3_000L, 2_000L, 1_000L);
    Answer first = get(list + "?limit=2", finance(held));
    assertThat(amounts(first)).containsExactly(3_000L, 2_000L);
    assertThat(
            amounts(
                get(
                    list + "?limit=2&after=" + first.body().path("next").asString(),
                    finance(held))))
        .containsExactly(1_000L);
    assertThat(
            amounts(
                get(
                    list + "?status=succeeded&cause=requested&eventId=" + held.eventId(),
                    finance(held))))
        .hasSize(3);
    assertThat(amounts(get(list + "?status=failed", finance(held)))).isEmpty();
    assertThat(amounts(get(list + "?cause=made-at-stripe", finance(held)))).isEmpty();
    assertThat(amounts(get(list + "?eventId=" + Ids.next(), finance(held)))).isEmpty();
    String tomorrow = clock.instant().plusSeconds(86_400).toString();
    assertThat(amounts(get(list + "?from=" + tomorrow, finance(held)))).isEmpty();
    assertThat(amounts(get(list + "?to=" + tomorrow, finance(held)))).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status=nonsense",
        "cause=x",
        "from=yesterday",
        "to=%2B1000000000-12-31T23:59:59Z"
      })
  void a_filter_that_nobody_understands_is_refused(String filter) {
    String list = "/api/v1/organizations/" + Ids.next() + "/refunds?" + filter;
    assertRefused(get(list, finance()), 400, "invalid-request");
  }

  @Test
  void the_reason_is_told_to_the_writer_of_mails_and_to_nobody_else() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    String id = refund(finance(held), payment, amount(1_000, "CAD")).body().path("id").asString();
    String path = "/internal/refund-reasons?refundId=%s&refundId=%s".formatted(id, Ids.next());
    JsonNode reasons = get(path, INTERNAL).body();
    assertThat(reasons).hasSize(1);
    assertThat(reasons.at("/0/refundId").asString()).isEqualTo(id);
    assertThat(reasons.at("/0/registrationId").asString())
        .isEqualTo(held.registrationId().toString());
    assertThat(reasons.at("/0/reason").asString()).isEqualTo(REASON);
    assertThat(get(path, finance()).status()).isEqualTo(401);
    String tooMany = path + ("&refundId=" + id).repeat(49);
    assertRefused(get(tooMany, INTERNAL), 400, "invalid-request");
    events.await(RefundAccepted.class, event -> event.refundId().equals(UUID.fromString(id)));
    assertThat(events.raw())
        .noneMatch(raw -> new String(raw.value(), StandardCharsets.UTF_8).contains(REASON));
  }

  private Answer refund(String bearer, UUID payment, String what) {
    return api.as(bearer)
        .withKey(UUID.randomUUID().toString())
        .post("/api/v1/payments/" + payment + "/refunds", body(what));
  }

  private Answer preview(String bearer, UUID payment, String what) {
    return post("/api/v1/payments/" + payment + "/refund-preview", bearer, body(what));
  }

  private static String body(String what) {
    return "{%s \"reason\": \"%s\"}".formatted(what, REASON);
  }

  private static String amount(long amountMinor, String currency) {
    return "\"amount\": {\"amountMinor\": %d, \"currency\": \"%s\"}, "
        .formatted(amountMinor, currency);
  }

  private static String tickets(UUID ticket) {
    return "\"ticketIds\": [\"%s\"], ".formatted(ticket);
  }

  private static String finance(Held held) {
    return TestTokens.bearer(Ids.next(), Set.of(), Map.of(held.organizationId(), "finance"));
  }

  private static String admin(Held held) {
    return TestTokens.bearer(Ids.next(), Set.of(), Map.of(held.organizationId(), "admin"));
  }

  private static List<Long> amounts(Answer page) {
    assertThat(page.status()).as(page.body().toString()).isEqualTo(200);
    return page.body()
        .path("data")
        .valueStream()
        .map(refund -> refund.path("amount").path("amountMinor").asLong())
        .toList();
  }

  private void awaitRefundStatus(UUID refund, String status) {
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(get("/api/v1/refunds/" + refund, finance()).body().path("status").asString())
                .isEqualTo(status));
  }

  private long refundsOf(UUID payment) {
    return Objects.requireNonNull(
        jdbc.sql("SELECT count(*) FROM refund WHERE payment_id = :id")
            .param("id", payment)
            .query(Long.class)
            .single());
  }

  private static void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }

  private static void assertField(Answer answer, String field, String code) {
    assertRefused(answer, 400, "invalid-request");
    assertThat(answer.body().at("/errors/0/field").asString()).isEqualTo(field);
    assertThat(answer.body().at("/errors/0/code").asString()).isEqualTo(code);
  }
}
