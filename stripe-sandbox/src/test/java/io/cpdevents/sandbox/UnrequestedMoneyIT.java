package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.StripeException;
import com.stripe.model.Balance;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Payout;
import com.stripe.model.Topup;
import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.TopupCreateParams;
import java.time.Duration;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class UnrequestedMoneyIT extends ConnectedSandbox {

  @Test
  void a_top_up_is_an_object_of_its_own() throws Exception {
    JsonNode transaction = unrequested(5_000, "cad", "topup").json();

    Topup topup = client().v1().topups().retrieve(transaction.get("source").asString());
    assertThat(topup.getStatus()).isEqualTo("succeeded");
    assertThat(topup.getBalanceTransaction()).isEqualTo(transaction.get("id").asString());
    assertThat(platformAvailable()).isEqualTo(5_000);
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("topup.succeeded"));
    assertSumsAgree();
  }

  @Test
  void the_platform_tops_up_its_balance() throws Exception {
    Topup topup =
        client()
            .v1()
            .topups()
            .create(
                TopupCreateParams.builder()
                    .setAmount(700L)
                    .setCurrency("cad")
                    .setDescription("For payouts")
                    .putMetadata("a", "b")
                    .build());

    assertThat(topup.getMetadata()).containsEntry("a", "b");
    assertThat(client().v1().topups().list().getData()).hasSize(1);
    assertThat(platformAvailable()).isEqualTo(700);
    assertThat(send(form("/v1/topups", "amount=0&currency=cad")).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stripe_fee", "adjustment", "reserve_transaction", "tax_fee"})
  void stripe_changes_the_balance_by_itself(String type) throws Exception {
    fund(5_000, "cad");

    JsonNode transaction = unrequested(-300, "cad", type).json();

    assertThat(transaction.get("type").asString()).isEqualTo(type);
    assertThat(transaction.get("source").isNull()).isTrue();
    assertThat(platformAvailable()).isEqualTo(4_700);
    assertSumsAgree();
  }

  @Test
  void somebody_pays_the_platform_out_in_the_dashboard() throws Exception {
    fund(5_000, "cad");

    JsonNode transaction = unrequested(-2_000, "cad", "payout").json();

    Payout payout = client().v1().payouts().retrieve(transaction.get("source").asString());
    assertThat(payout.getAmount()).isEqualTo(2_000);
    assertThat(payout.getMetadata()).isEmpty();
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("payout.created"));
    assertThat(unrequested(-4_000, "cad", "payout").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"amountMinor\": 1, \"currency\": \"cad\", \"type\": \"gift\"}",
        "{\"amountMinor\": 1, \"currency\": \"cad\", \"type\": \"charge\"}",
        "{\"amountMinor\": 1, \"currency\": \"zzz\", \"type\": \"stripe_fee\"}",
        "{\"currency\": \"cad\", \"type\": \"stripe_fee\"}",
        "{\"amountMinor\": 0, \"currency\": \"cad\", \"type\": \"topup\"}",
        "{\"amountMinor\": 1, \"type\": \"adjustment\"}",
        "{\"amountMinor\": -1, \"currency\": \"cad\", \"type\": \"topup\"}",
        "{\"amountMinor\": 1, \"currency\": \"cad\", \"type\": \"payout\"}",
        "{\"amountMinor\": 1, \"currency\": \"cad\", \"type\": \"adjustment\", \"accountId\": \"acct_x\"}"
      })
  void an_invalid_balance_transaction_is_refused(String json) {
    assertThat(lever("POST", "balance-transactions", json).status()).isEqualTo(400);
  }

  @Test
  void a_hundred_thousand_balance_transactions_are_added_within_seconds_and_read_in_pages()
      throws Exception {
    long start = System.nanoTime();

    Answer answer =
        lever(
            "POST",
            "balance-transactions/bulk",
            "{\"count\": 100000, \"currency\": \"cad\", \"amountMinor\": 2, \"type\": \"adjustment\"}");

    assertThat(answer.json().get("count").asInt()).isEqualTo(100_000);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    assertThat(platformAvailable()).isEqualTo(200_000);
    assertThat(pages(1_000)).isEqualTo(1_000);
    BalanceTransaction newest = client().v1().balanceTransactions().list().getData().getFirst();
    long weekBefore = newest.getCreated() - Duration.ofDays(7).toSeconds();
    assertThat(firstBefore(weekBefore).getCreated()).isLessThanOrEqualTo(weekBefore);
    assertSumsAgree();
  }

  private int pages(int most) throws StripeException {
    Iterator<BalanceTransaction> all =
        client()
            .v1()
            .balanceTransactions()
            .list(BalanceTransactionListParams.builder().setLimit(100L).build())
            .autoPagingIterable()
            .iterator();
    int read = 0;
    long created = Long.MAX_VALUE;
    while (read < most && all.hasNext()) {
      BalanceTransaction next = all.next();
      assertThat(next.getCreated()).isLessThanOrEqualTo(created);
      created = next.getCreated();
      read++;
    }
    return read;
  }

  private BalanceTransaction firstBefore(long epochSecond) throws StripeException {
    return client()
        .v1()
        .balanceTransactions()
        .list(
            BalanceTransactionListParams.builder()
                .setCreated(
                    BalanceTransactionListParams.Created.builder().setLte(epochSecond).build())
                .build())
        .getData()
        .getFirst();
  }

  @Test
  void a_negative_balance_of_an_account_is_reserved_from_the_platform() throws Exception {
    String account = accountWith(1_000);
    fund(5_000, "cad");

    onAccount(account, -1_700);

    await().atMost(MAX_WAIT_TIME).until(() -> reserved() == 700);
    assertThat(available(account)).isEqualTo(-700);
    assertThat(platformAvailable()).isEqualTo(4_300);
    assertSumsAgree();

    onAccount(account, 500);

    await().atMost(MAX_WAIT_TIME).until(() -> reserved() == 200);
    transfer(200, account);
    await().atMost(MAX_WAIT_TIME).until(() -> reserved() == 0);
    assertThat(platformAvailable()).isEqualTo(4_800);
    assertSumsAgree();
  }

  private void onAccount(String account, long amount) {
    Answer answer =
        lever(
            "POST",
            "balance-transactions",
            "{\"amountMinor\": %d, \"currency\": \"cad\", \"type\": \"adjustment\", \"accountId\": \"%s\"}"
                .formatted(amount, account));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private long reserved() throws StripeException {
    return client().v1().balance().retrieve().getConnectReserved().stream()
        .mapToLong(Balance.ConnectReserved::getAmount)
        .sum();
  }
}
