package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Balance;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.checkout.Session;
import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.RefundCreateParams;
import io.cpdevents.sandbox.time.SandboxClock;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class MoneyIT extends ConnectedSandbox {
  @Autowired JdbcClient jdbc;

  @Test
  void pending_money_becomes_available_by_the_clock() throws Exception {
    paidCharge(10_000, PAYS);
    Balance before = client().v1().balance().retrieve();
    assertThat(before.getAvailable().getFirst().getAmount()).isZero();
    assertThat(before.getPending().getFirst().getAmount()).isEqualTo(9_680);

    lever("POST", "clock/advance", "{\"seconds\": 172800}");

    Balance after = client().v1().balance().retrieve();
    assertThat(after.getAvailable().getFirst().getAmount()).isEqualTo(9_680);
    assertThat(after.getPending().getFirst().getAmount()).isZero();
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("balance.available"));
  }

  @Test
  void balance_transactions_are_listed_by_time_and_type() throws Exception {
    Charge first = paidCharge(1_000, PAYS);
    lever("POST", "clock/advance", "{\"seconds\": 3600}");
    Charge second = paidCharge(2_000, PAYS);
    long between = second.getCreated() - 60;

    assertThat(
            client()
                .v1()
                .balanceTransactions()
                .list(
                    BalanceTransactionListParams.builder()
                        .setType("charge")
                        .setCreated(
                            BalanceTransactionListParams.Created.builder().setGte(between).build())
                        .build())
                .getData())
        .extracting(BalanceTransaction::getSource)
        .containsExactly(second.getId());
    assertThat(
            client()
                .v1()
                .balanceTransactions()
                .list(
                    BalanceTransactionListParams.builder()
                        .setCreated(
                            BalanceTransactionListParams.Created.builder().setLt(between).build())
                        .build())
                .getData())
        .extracting(BalanceTransaction::getSource)
        .containsExactly(first.getId());
  }

  @Test
  void whatever_happens_the_balance_is_the_sum_of_its_transactions() throws Exception {
    Random random = new Random(20_261_122);
    String[] cards = {
      PAYS, PAYS, DECLINED, "4000000000005126", "4000000000000077", "4000000000000259"
    };
    for (int i = 0; i < 40; i++) {
      lever("PUT", "settings", "{\"refundsNeedBalance\": %s}".formatted(random.nextBoolean()));
      Session session = createSession(50 + random.nextInt(50_000));
      if (pay(session, cards[random.nextInt(cards.length)]).status() == 200) {
        maybeDispute(session, random);
        maybeRefund(session, random);
        maybeDecide(random);
      }
    }
    lever("POST", "clock/advance", "{\"seconds\": 2592000}");
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() ->
            state().get("plannedSteps").asInt() == 0
                && state().get("chargesAwaitingBalanceTransaction").asInt() == 0);

    assertSumsAgree();
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> state().get("deliveries").get("pending").asInt() == 0);
    assertThat(RECEIVER.events()).hasSize(state().get("objects").get("event").asInt());
  }

  @Test
  void whatever_happens_to_transfers_and_payouts_every_balance_is_the_sum_of_its_transactions()
      throws Exception {
    Random random = new Random(20_261_123);
    List<String> accounts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      accounts.add(readyAccount());
    }
    accounts.add(client().v1().accounts().create(accountOf("CA").build()).getId());
    lever("POST", "accounts/" + accounts.getLast() + "/onboarding", "");
    for (int i = 0; i < 60; i++) {
      move(accounts.get(random.nextInt(accounts.size())), random);
    }
    advanceDays(30);
    await().atMost(MAX_WAIT_TIME).until(() -> state().get("plannedSteps").asInt() == 0);

    assertSumsAgree();
    assertThat(state().get("connectedBalances")).isNotEmpty();
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> state().get("deliveries").get("pending").asInt() == 0);
    assertThat(RECEIVER.events().size() + CONNECT.events().size())
        .isEqualTo(state().get("objects").get("event").asInt());
  }

  /** Does one thing that moves money; what the balance or the state does not allow is refused. */
  private void move(String account, Random random) throws Exception {
    long amount = 1 + random.nextInt(5_000);
    Answer answer =
        switch (random.nextInt(8)) {
          case 0 -> unrequested(amount, "cad", "topup");
          case 1, 2 ->
              send(
                  form(
                      "/v1/transfers",
                      "amount=%d&currency=cad&destination=%s".formatted(amount, account)));
          case 3 ->
              send(
                  form("/v1/payouts", "amount=%d&currency=cad".formatted(amount))
                      .header("Stripe-Account", account));
          case 4 -> anyOf("/v1/transfers", null, random, "/reversals", "amount=" + amount);
          case 5 -> anyOf("/v1/payouts", account, random, "/cancel", "");
          case 6 -> {
            String charge = paidCharge(amount + 50, PAYS).getId();
            yield send(
                form(
                    "/v1/transfers",
                    "amount=%d&currency=cad&destination=%s&source_transaction=%s"
                        .formatted(amount, account, charge)));
          }
          default -> {
            advanceDays(random.nextInt(3));
            yield failAnyPayout(account, random);
          }
        };
    assertThat(answer.status()).as(answer.body()).isIn(200, 400);
  }

  private Answer anyOf(
      String path, @Nullable String account, Random random, String action, String form) {
    JsonNode all = send(as(api(path), account)).json().get("data");
    if (all.isEmpty()) {
      return unrequested(1_000, "cad", "topup");
    }
    String id = all.get(random.nextInt(all.size())).get("id").asString();
    return send(as(form(path + "/" + id + action, form), account));
  }

  private Answer failAnyPayout(String account, Random random) {
    JsonNode all = send(as(api("/v1/payouts"), account)).json().get("data");
    if (all.isEmpty()) {
      return unrequested(-10, "cad", "stripe_fee");
    }
    String id = all.get(random.nextInt(all.size())).get("id").asString();
    return lever("POST", "payouts/" + id + "/failure", "");
  }

  private static HttpRequest.Builder as(HttpRequest.Builder request, @Nullable String account) {
    return account == null ? request : request.header("Stripe-Account", account);
  }

  private void maybeDispute(Session session, Random random) throws Exception {
    if (random.nextInt(3) == 0) {
      String charge = intentOf(session).getLatestCharge();
      String inquiry = "{\"inquiry\": %s}".formatted(random.nextBoolean());
      assertThat(lever("POST", "charges/" + charge + "/disputes", inquiry).status()).isEqualTo(200);
    }
  }

  /** Requests that the state of a dispute does not allow are refused. */
  private void maybeDecide(Random random) throws Exception {
    String[] decisions = {
      "{\"outcome\": \"won\"}",
      "{\"outcome\": \"won\", \"reinstatedMinor\": 10}",
      "{\"outcome\": \"lost\"}"
    };
    for (Dispute dispute : client().v1().disputes().list().getData()) {
      String lever = "disputes/" + dispute.getId();
      int what = random.nextInt(6);
      Answer answer =
          what < decisions.length
              ? lever("POST", lever + "/decision", decisions[what])
              : lever("POST", lever + "/escalation", "");
      assertThat(answer.status()).isIn(200, 400);
    }
  }

  private void maybeRefund(Session session, Random random) throws Exception {
    for (int i = random.nextInt(3); i > 0; i--) {
      try {
        client()
            .v1()
            .refunds()
            .create(
                RefundCreateParams.builder()
                    .setPaymentIntent(intentOf(session).getId())
                    .setAmount(1L + random.nextInt(30_000))
                    .build());
      } catch (InvalidRequestException e) {
        assertThat(e.getMessage())
            .containsAnyOf("greater than", "already been refunded", "charged back");
      }
    }
  }

  @Test
  void the_clock_survives_a_restart() {
    lever("PUT", "clock", "{\"offsetSeconds\": 86400}");

    assertThat(new SandboxClock(jdbc, Clock.systemUTC()).offsetSeconds()).isEqualTo(86_400);
    assertThat(lever("GET", "clock", "").json().get("offsetSeconds").asLong()).isEqualTo(86_400);
    lever("PUT", "clock", "{\"offsetSeconds\": -60}");
    assertThat(state().get("offsetSeconds").asLong()).isEqualTo(-60);
  }

  @Test
  void health_is_up() {
    assertThat(send(api("/actuator/health")).json().get("status").asString()).isEqualTo("UP");
  }
}
