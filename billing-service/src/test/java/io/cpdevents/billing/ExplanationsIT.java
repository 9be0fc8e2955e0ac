package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.billing.reconciliation.FollowBalance;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.platform.test.sandbox.StripeConnection.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class ExplanationsIT extends BillingJourney {

  private static final String FINANCE = "/api/v1/finance/explanations/";

  @Autowired FollowBalance followBalance;

  @Test
  void what_is_left_of_a_payment_is_what_was_paid_less_what_went_back_down_to_its_tickets() {
    Held held = hold("CAD", 6_000, 4_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    clock.advance(Duration.ofMinutes(1));
    Instant before = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    stripe.refundInDashboard(intent, 2_500);
    awaitSum("stripe", payment, 10_000 - 320 - 2_500);

    JsonNode tree = explained(FINANCE + "payment/" + payment);

    assertThat(amount(tree)).isEqualTo(7_500);
    assertThat(kinds(tree)).containsExactly("capture", "refund");
    JsonNode capture = tree.at("/children/0");
    assertThat(capture.path("stripeId").asString()).isEqualTo(stripe.chargeOf(intent));
    assertThat(capture.path("label").asString()).contains("5 % and 0.50 CAD for each paid ticket");
    assertThat(kinds(capture)).containsExactly("ticket", "ticket");
    assertThat(kinds(capture.at("/children/0")))
        .containsExactly("organization-share", "platform-fee");
    assertThat(amount(tree.at("/children/1"))).isEqualTo(-2_500);

    String refund = tree.at("/children/1/id").asString();
    assertThat(amount(explained(FINANCE + "refund/" + refund))).isEqualTo(2_500);
    assertThat(amount(explained(FINANCE + "payment/" + payment + "?asOf=" + before)))
        .isEqualTo(10_000);
    get(FINANCE + "payment/" + payment + "?asOf=2027-01-01T00:00:00Z", finance())
        .refused(404, "explanation-not-found");
  }

  @Test
  void a_payment_is_told_as_it_was_at_each_time() {
    Held held = hold("CAD", 6_000, 4_000);
    UUID payment = paymentOf(held);
    String path = "/api/v1/payments/" + payment;
    Instant unpaid = pass();
    String intent = paid(held, payment);
    Instant paid = pass();
    stripe.letRefundsWait();
    String refund = stripe.refundInDashboard(intent, 2_500);
    await()
        .atMost(EVENTUALLY)
        .until(() -> figure(get(path, finance()).body(), "refundable") == 7_500);
    Instant waiting = pass();
    stripe.cancelRefund(refund);
    await()
        .atMost(EVENTUALLY)
        .until(() -> figure(get(path, finance()).body(), "refundable") == 10_000);
    Instant calledOff = pass();
    stripe.dispute(intent);
    await()
        .atMost(EVENTUALLY)
        .until(() -> figure(get(path, finance()).body(), "disputed") == 10_000);

    assertThat(asOf(path, unpaid)).containsExactly("awaiting-payment", "0", "0", "0");
    assertThat(asOf(path, paid)).containsExactly("captured", "10000", "10000", "0");
    assertThat(asOf(path, waiting)).containsExactly("captured", "10000", "7500", "0", "pending");
    assertThat(asOf(path, calledOff))
        .containsExactly("captured", "10000", "10000", "0", "cancelled");
    JsonNode now = get(path, finance()).expect(200).body();
    assertThat(get(path + "?asOf=" + pass(), finance()).expect(200).body()).isEqualTo(now);
    get(path + "?asOf=2020-01-01T00:00:00Z", finance()).refused(404, "payment-not-found");
  }

  /** A time after all that has happened and before all that will. */
  private Instant pass() {
    clock.advance(Duration.ofMinutes(1));
    Instant time = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    return time;
  }

  private static long figure(JsonNode payment, String field) {
    return payment.path(field).path("amountMinor").asLong();
  }

  private List<String> asOf(String path, Instant time) {
    JsonNode payment = get(path + "?asOf=" + time, finance()).expect(200).body();
    return Stream.concat(
            Stream.of(
                payment.path("status").asString(),
                Long.toString(figure(payment, "captured")),
                Long.toString(figure(payment, "refundable")),
                Long.toString(figure(payment, "disputed"))),
            payment.path("refunds").valueStream().map(each -> each.path("status").asString()))
        .toList();
  }

  @Test
  void a_refund_that_was_called_off_later_was_under_way_then() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    String path = FINANCE + "payment/" + payment;
    stripe.letRefundsWait();
    String refund = stripe.refundInDashboard(intent, 2_500);
    await().atMost(EVENTUALLY).until(() -> amount(explained(path)) == 7_500);
    Instant before = clock.instant();
    clock.advance(Duration.ofMinutes(1));

    stripe.cancelRefund(refund);

    await().atMost(EVENTUALLY).until(() -> amount(explained(path)) == 10_000);
    assertThat(amount(explained(path + "?asOf=" + before))).isEqualTo(7_500);
  }

  @Test
  void a_refund_that_was_reduced_later_was_of_more_then() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.loseWebhooks();
    UUID refund = Ids.next();
    connection.failNext("POST /v1/refunds", Failure.RATE_LIMIT);
    facts.tell(refundRequested(held, payment, refund, 10_000));
    awaitSum("refunds", payment, -10_000);
    String made = stripe.refundInDashboard(intent, 4_000);
    Instant before = clock.instant();
    clock.advance(Duration.ofMinutes(90));
    String path = FINANCE + "refund/" + refund;

    await().atMost(EVENTUALLY).until(() -> amount(explained(path)) == 6_000);

    JsonNode then = explained(path + "?asOf=" + before);
    assertThat(amount(then)).isEqualTo(10_000);
    assertThat(then.path("children")).isEmpty();
    assertThat(explained(FINANCE + "organization-balance/" + held.organizationId())).isNotNull();
    assertThat(postings("refund-reduced", refund + ":" + made)).isNotEmpty();
  }

  @Test
  void what_an_organization_has_is_told_by_account_journal_and_time() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    Instant before = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    String dispute = stripe.dispute(intent);
    await().atMost(EVENTUALLY).until(() -> sum("held:" + held.organizationId(), payment) != 0);
    String path = FINANCE + "organization-balance/" + held.organizationId();

    JsonNode tree = explained(path);
    assertThat(amount(tree)).isEqualTo(9_450);
    assertThat(tree.path("children").valueStream().map(each -> each.path("id").asString()))
        .containsExactly("organization:" + held.organizationId(), "held:" + held.organizationId());
    assertThat(labels(tree))
        .contains("A buyer has paid", "Set aside, since the buyer's bank disputes the payment");
    assertThat(all(tree).map(node -> node.path("stripeId").asString("")))
        .contains(stripe.chargeOf(intent), dispute);
    assertThat(all(tree).filter(node -> node.path("kind").asString().equals("ticket"))).hasSize(3);
    assertThat(explained(path + "?asOf=" + before).path("children")).hasSize(1);
    JsonNode account = explained(FINANCE + "account/organization:" + held.organizationId());
    assertThat(amount(account)).isZero();
    assertThat(account.at("/children/1/children/0/journalId").asString()).isNotEmpty();
    UUID disputed =
        jdbc.sql("SELECT id FROM dispute WHERE stripe_dispute_id = :id")
            .param("id", dispute)
            .query(UUID.class)
            .single();
    assertThat(amount(explained(FINANCE + "dispute/" + disputed))).isEqualTo(10_000);
    assertThat(amount(explained(FINANCE + "payment/" + payment))).isZero();

    Instant whileDisputed = pass();
    stripe.winDispute(dispute);
    await()
        .atMost(EVENTUALLY)
        .until(() -> amount(explained(FINANCE + "payment/" + payment)) == 10_000);
    String then = "?asOf=" + whileDisputed;
    assertThat(amount(explained(FINANCE + "dispute/" + disputed + then))).isEqualTo(10_000);
    assertThat(amount(explained(FINANCE + "payment/" + payment + then))).isZero();
  }

  @Test
  void what_was_refunded_of_a_balance_is_told_down_to_tickets_and_what_the_platform_bears() {
    Held held = hold("CAD", 6_000, 4_000);
    UUID payment = paymentOf(held);
    String refund = stripe.refundInDashboard(paid(held, payment), 2_500);
    awaitSum("stripe", payment, 10_000 - 320 - 2_500);

    JsonNode account = explained(FINANCE + "account/organization:" + held.organizationId());

    JsonNode refunded = account.at("/children/1/children/0");
    assertThat(refunded.path("label").asString()).isEqualTo("A refund was promised to the buyer");
    assertThat(kinds(refunded)).containsExactly("refund", "platform-fee");
    assertThat(refunded.at("/children/0/stripeId").asString()).isEqualTo(refund);
    assertThat(kinds(refunded.at("/children/0"))).containsExactly("ticket", "ticket");
    assertThat(amount(refunded.at("/children/0"))).isEqualTo(2_500);
    // Stripe's clock goes on by itself, and ours does not: what it has just booked lies before now.
    pass();
    JsonNode moved = explained(FINANCE + "balance-transaction/" + stripe.bookingOf(refund));
    assertThat(kinds(moved.at("/children/0"))).containsExactly("refund");
  }

  @Test
  void a_balance_transaction_is_told_by_what_its_journals_moved() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String charged = stripe.settlementOf(paid(held, payment));
    JsonNode tree = explained(FINANCE + "balance-transaction/" + charged);
    assertThat(amount(tree)).isEqualTo(9_680);
    assertThat(tree.path("children").valueStream().map(each -> each.path("id").asString()))
        .containsExactlyInAnyOrder("stripe-fees", "awaiting-stripe");
    assertThat(all(tree).filter(node -> node.path("kind").asString().equals("ticket"))).hasSize(1);

    stripe.setClock(clock.instant().minus(Duration.ofHours(1)));
    String fee = stripe.book("adjustment", -300, "cad");
    followBalance.handle();
    assertThat(kinds(explained(FINANCE + "balance-transaction/" + fee)))
        .containsExactly("not-explained");
  }

  @Test
  void an_organization_is_told_its_own_figures_alone() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    Held other = hold("CAD", 10_000);
    paid(other, paymentOf(other));
    String own = "/api/v1/organizations/" + held.organizationId() + "/explanations/";
    String theirs = "/api/v1/organizations/" + other.organizationId() + "/explanations/";
    String member = member(held.organizationId(), "finance");

    assertThat(amount(get(own + "payment/" + payment, member).expect(200).body().at("/data/0")))
        .isEqualTo(10_000);
    assertThat(amount(get(own + "organization-balance", member).expect(200).body().at("/data/0")))
        .isEqualTo(9_450);
    get(theirs + "payment/" + payment, member(other.organizationId(), "owner"))
        .refused(404, "explanation-not-found");
    get(theirs + "organization-balance", member).refused(404, "organization-not-found");
    get(own + "payment/" + payment, member(held.organizationId(), "staff"))
        .refused(403, "role-missing");
    get(FINANCE + "payment/" + payment, member).refused(403, "role-missing");
    get(FINANCE + "payment/" + Ids.next(), finance()).refused(404, "explanation-not-found");
    get(FINANCE + "account/nothing", finance()).refused(404, "explanation-not-found");
  }

  /** The only tree, every node of which adds up. */
  private JsonNode explained(String path) {
    JsonNode data = get(path, finance()).expect(200).body().path("data");
    assertThat(data).hasSize(1);
    assertThat(all(data.get(0)))
        .allSatisfy(node -> {
          assertThat(node.path("kind").asString()).isNotEqualTo("difference");
          if (!node.path("children").isEmpty()) {
            assertThat(node.path("children").valueStream().mapToLong(ExplanationsIT::amount).sum())
                .as(node.toString())
                .isEqualTo(amount(node));
          }
        });
    return data.get(0);
  }

  private static Stream<JsonNode> all(JsonNode node) {
    return Stream.concat(
        Stream.of(node), node.path("children").valueStream().flatMap(ExplanationsIT::all));
  }

  private static Stream<String> labels(JsonNode node) {
    return all(node).map(each -> each.path("label").asString());
  }

  private static Stream<String> kinds(JsonNode node) {
    return node.path("children").valueStream().map(each -> each.path("kind").asString());
  }

  private static long amount(JsonNode node) {
    return node.path("amount").path("amountMinor").asLong();
  }

  private static String member(UUID organization, String role) {
    return TestTokens.bearer(Ids.next(), Set.of(), Map.of(organization, role));
  }
}
