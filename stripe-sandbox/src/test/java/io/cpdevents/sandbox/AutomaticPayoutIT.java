package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Payout;
import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.PayoutListParams;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutomaticPayoutIT extends ConnectedSandbox {

  @Test
  void an_account_without_manual_payouts_is_paid_out_the_next_day() throws Exception {
    String account = client().v1().accounts().create(accountOf("CA").build()).getId();
    lever("POST", "accounts/" + account + "/onboarding", "");
    fund(5_000, "cad");
    transfer(2_000, account);
    transfer(1_000, account);

    advanceDays(1);

    Payout payout = onlyPayout(account);
    assertThat(payout.getAmount()).isEqualTo(3_000);
    assertThat(payout.getAutomatic()).isTrue();
    assertThat(available(account)).isZero();
    assertThatThrownBy(() -> client().v1().payouts().cancel(payout.getId(), as(account)))
        .isInstanceOf(InvalidRequestException.class);
    assertThat(reconciliationError(payout, account)).isEqualTo("payout_reconciliation_not_ready");

    advanceDays(1);

    connectEvents("payout.reconciliation_completed", account);
    List<BalanceTransaction> contained = transactionsOf(payout, account);
    assertThat(contained)
        .extracting(BalanceTransaction::getType)
        .containsExactlyInAnyOrder("payout", "payment", "payment");
    assertThat(contained.stream().mapToLong(BalanceTransaction::getNet).sum()).isZero();
    assertSumsAgree();
  }

  private Payout onlyPayout(String account) throws StripeException {
    List<Payout> all =
        client().v1().payouts().list(PayoutListParams.builder().build(), as(account)).getData();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private String reconciliationError(Payout payout, String account) {
    return send(api("/v1/balance_transactions?payout=" + payout.getId())
            .header("Stripe-Account", account))
        .json()
        .get("error")
        .get("code")
        .asString();
  }

  private List<BalanceTransaction> transactionsOf(Payout payout, String account)
      throws StripeException {
    return client()
        .v1()
        .balanceTransactions()
        .list(BalanceTransactionListParams.builder().setPayout(payout.getId()).build(), as(account))
        .getData();
  }

  @Test
  void a_payout_that_failed_is_in_the_next_one_when_there_is_another_bank_account()
      throws Exception {
    String account = client().v1().accounts().create(accountOf("US").build()).getId();
    lever("POST", "accounts/" + account + "/onboarding", "{\"accountNumber\": \"000111111116\"}");
    fund(1_000, "usd");
    client().v1().transfers().create(transferOf(1_000, account).setCurrency("usd").build());
    advanceDays(6);
    assertThat(onlyPayout(account).getStatus()).isEqualTo("failed");
    assertThat(available(account)).as("it waits for a bank account").isEqualTo(1_000);

    send(form("/v1/accounts/" + account, "external_account=btok_us_verified"));
    advanceDays(2);

    Payout second =
        client()
            .v1()
            .payouts()
            .list(PayoutListParams.builder().build(), as(account))
            .getData()
            .getFirst();
    assertThat(second.getAmount()).isEqualTo(1_000);
    assertThat(transactionsOf(second, account))
        .extracting(BalanceTransaction::getType)
        .containsExactlyInAnyOrder("payout", "payout_failure");
    assertSumsAgree();
  }

  @Test
  void a_minimum_balance_stays_in_the_account() throws Exception {
    String account = client().v1().accounts().create(accountOf("CA").build()).getId();
    lever("POST", "accounts/" + account + "/onboarding", "");
    send(
        form("/v1/balance_settings", "payments[payouts][minimum_balance_by_currency][cad]=400")
            .header("Stripe-Account", account));
    fund(1_000, "cad");
    transfer(1_000, account);

    advanceDays(2);

    Payout payout = onlyPayout(account);
    assertThat(payout.getAmount()).isEqualTo(600);
    assertThat(available(account)).isEqualTo(400);
    assertThat(transactionsOf(payout, account).stream().mapToLong(BalanceTransaction::getNet).sum())
        .isZero();
    assertSumsAgree();
  }

  @Test
  void the_days_of_a_schedule_are_kept() throws Exception {
    goToMonday();
    String account = readyAccount();
    schedule(account, "[interval]=weekly", "[weekly_payout_days][0]=thursday");
    fund(2_000, "cad");
    transfer(1_000, account);

    advanceDays(2);
    assertThat(available(account)).as("on Wednesday").isEqualTo(1_000);
    advanceDays(1);
    assertThat(available(account)).as("on Thursday").isZero();

    schedule(account, "[interval]=monthly", "[monthly_payout_days][0]=31");
    transfer(1_000, account);
    advanceDays(31);
    assertThat(available(account)).as("at the end of the month").isZero();
  }

  private void schedule(String account, String... parts) {
    StringBuilder form = new StringBuilder();
    for (String part : parts) {
      form.append("&payments[payouts][schedule]").append(part);
    }
    Answer answer =
        send(form("/v1/balance_settings", form.substring(1)).header("Stripe-Account", account));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void the_platform_keeps_its_money_unless_its_payouts_are_automatic() throws Exception {
    paidCharge(10_000, PAYS);
    advanceDays(4);
    assertThat(platformAvailable()).as("manual by default here").isEqualTo(9_680);

    send(form("/v1/balance_settings", "payments[payouts][schedule][interval]=daily"));
    advanceDays(1);

    assertThat(platformAvailable()).isZero();
    Payout payout = client().v1().payouts().list().getData().getFirst();
    assertThat(payout.getAmount()).isEqualTo(9_680);
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("payout.created"));
    assertThat(CONNECT.types()).doesNotContain("payout.created");
    advanceDays(4);
    assertThat(client().v1().payouts().retrieve(payout.getId()).getStatus()).isEqualTo("paid");
    assertThat(
            client()
                .v1()
                .balanceTransactions()
                .list(BalanceTransactionListParams.builder().setPayout(payout.getId()).build())
                .getData())
        .extracting(BalanceTransaction::getType)
        .containsExactlyInAnyOrder("payout", "charge");
    assertSumsAgree();
  }
}
