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
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class MoneyIT extends RunningSandbox {
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
    await().atMost(PATIENCE).until(() -> RECEIVER.types().contains("balance.available"));
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
        .atMost(PATIENCE)
        .until(() ->
            state().get("plannedSteps").asInt() == 0
                && state().get("chargesAwaitingBalanceTransaction").asInt() == 0);

    assertSumsAgree();
    await().atMost(PATIENCE).until(() -> state().get("deliveries").get("pending").asInt() == 0);
    assertThat(RECEIVER.events()).hasSize(state().get("objects").get("event").asInt());
  }

  @Test
  void stripe_takes_by_itself_what_nobody_asked_for() throws Exception {
    Answer booked =
        lever(
            "POST",
            "balance-transactions",
            "{\"type\": \"stripe_fee\", \"amountMinor\": -200, \"currency\": \"cad\"}");
    BalanceTransaction fee =
        client().v1().balanceTransactions().retrieve(booked.json().get("id").asString());
    assertThat(fee.getType()).isEqualTo("stripe_fee");
    assertThat(fee.getNet()).isEqualTo(-200);
    assertThat(fee.getSource()).isNull();
    assertThat(client().v1().balance().retrieve().getAvailable().getFirst().getAmount())
        .isEqualTo(-200);
    assertSumsAgree();
    for (String refused :
        new String[] {
          "{\"type\": \"charge\", \"amountMinor\": 1, \"currency\": \"cad\"}",
          "{\"type\": \"stripe_fee\", \"currency\": \"cad\"}",
          "{\"type\": \"stripe_fee\", \"amountMinor\": 1, \"currency\": \"zzz\"}"
        }) {
      assertThat(lever("POST", "balance-transactions", refused).status()).isEqualTo(400);
    }
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
