package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Account;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.BankAccount;
import com.stripe.model.Event;
import com.stripe.model.Payout;
import com.stripe.net.RequestOptions;
import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.PayoutCreateParams;
import com.stripe.param.PayoutListParams;
import com.stripe.param.PayoutUpdateParams;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayoutIT extends ConnectedSandbox {

  @Test
  void a_payout_goes_from_pending_over_in_transit_to_paid_by_the_clock() throws Exception {
    goToMonday();
    String account = accountWith(10_000);

    Payout payout =
        client()
            .v1()
            .payouts()
            .create(
                payoutOf(4_000)
                    .setMethod(PayoutCreateParams.Method.STANDARD)
                    .setStatementDescriptor("CPD EVENTS")
                    .putMetadata("payoutId", "payout-1")
                    .build(),
                as(account));

    assertThat(payout.getId()).startsWith("po_");
    assertThat(payout.getStatus()).isEqualTo("pending");
    assertThat(payout.getAutomatic()).isFalse();
    assertThat(payout.getReconciliationStatus()).isEqualTo("not_applicable");
    assertThat(available(account)).as("taken at once").isEqualTo(6_000);
    LocalDate created = day(payout.getCreated());
    assertThat(day(payout.getArrivalDate())).as("Wednesday").isEqualTo(created.plusDays(2));

    advanceDays(1);
    assertThat(payout(payout.getId(), account).getStatus()).isEqualTo("in_transit");
    advanceDays(1);

    Payout paid = payout(payout.getId(), account);
    assertThat(paid.getStatus()).isEqualTo("paid");
    assertThat(paid.getTraceId().getStatus()).isEqualTo("supported");
    assertThat(connectEvents("payout.created", account)).hasSize(1);
    assertThat(connectEvents("payout.paid", account)).hasSize(1);
    assertThat(connectEvents("payout.updated", account)).isNotEmpty();
    assertThat(RECEIVER.types()).noneMatch(type -> type.startsWith("payout."));
    assertSumsAgree();
  }

  private static LocalDate day(long epochSecond) {
    return Instant.ofEpochSecond(epochSecond).atZone(ZoneOffset.UTC).toLocalDate();
  }

  @Test
  void weekends_are_no_business_days() throws Exception {
    goToMonday();
    advanceDays(4);
    String account = accountWith(1_000);

    Payout payout = payOut(1_000, account);

    assertThat(day(payout.getArrivalDate()))
        .as("from Friday to Tuesday")
        .isEqualTo(day(payout.getCreated()).plusDays(4));
  }

  @Test
  void a_pending_payout_can_be_canceled_and_no_other() throws Exception {
    String account = accountWith(1_000);
    Payout payout = payOut(400, account);

    Payout canceled = client().v1().payouts().cancel(payout.getId(), as(account));

    assertThat(canceled.getStatus()).isEqualTo("canceled");
    assertThat(available(account)).isEqualTo(1_000);
    assertThat(transaction(canceled.getFailureBalanceTransaction(), account).getType())
        .isEqualTo("payout_cancel");
    connectEvents("payout.canceled", account);
    advanceDays(7);
    assertThat(payout(payout.getId(), account).getStatus()).isEqualTo("canceled");
    Payout other = payOut(400, account);
    advanceDays(1);
    assertThatThrownBy(() -> client().v1().payouts().cancel(other.getId(), as(account)))
        .hasMessageContaining("in_transit");
    assertSumsAgree();
  }

  private BalanceTransaction transaction(String id, String account) throws StripeException {
    return client().v1().balanceTransactions().retrieve(id, as(account));
  }

  @Test
  void a_payout_that_was_paid_fails_and_its_money_returns() throws Exception {
    String account = accountWith(1_000);
    Payout payout = payOut(1_000, account);
    advanceDays(5);
    assertThat(payout(payout.getId(), account).getStatus()).isEqualTo("paid");

    assertThat(fail(payout, "account_closed").status()).isEqualTo(200);

    Payout failed = payout(payout.getId(), account);
    assertThat(failed.getStatus()).isEqualTo("failed");
    assertThat(failed.getFailureCode()).isEqualTo("account_closed");
    assertThat(failed.getFailureMessage()).isNotBlank();
    BalanceTransaction back = transaction(failed.getFailureBalanceTransaction(), account);
    assertThat(back.getType()).isEqualTo("payout_failure");
    assertThat(back.getSource()).isEqualTo(payout.getId());
    assertThat(back.getNet()).isEqualTo(1_000);
    assertThat(available(account)).isEqualTo(1_000);
    Event event = connectEvents("payout.failed", account).getFirst();
    assertThat(event.getData().getPreviousAttributes()).containsEntry("status", "paid");
    assertThat(fail(payout, "account_closed").status()).as("only once").isEqualTo(400);
    assertSumsAgree();
  }

  private Answer fail(Payout payout, String code) {
    return lever(
        "POST", "payouts/" + payout.getId() + "/failure", "{\"code\": \"%s\"}".formatted(code));
  }

  @Test
  void a_payout_fails_at_the_latest_five_business_days_after_it_was_paid() throws Exception {
    goToMonday();
    String account = accountWith(2_000);
    Payout late = payOut(1_000, account);
    advanceDays(10);
    assertThat(fail(late, "could_not_process").status()).as("next Thursday").isEqualTo(400);
    assertThat(fail(payOut(1_000, account), "could_not_process").status())
        .as("still pending")
        .isEqualTo(200);
  }

  @Test
  void a_failure_that_is_about_the_bank_account_disables_payouts() throws Exception {
    String account = accountWith(1_000);
    Payout payout = payOut(400, account);

    fail(payout, "no_account");

    Account disabled = account(account);
    assertThat(disabled.getPayoutsEnabled()).isFalse();
    assertThat(disabled.getRequirements().getPastDue()).containsExactly("external_account");
    assertThat(disabled.getCapabilities().getTransfers()).isEqualTo("active");
    assertThat(((BankAccount) disabled.getExternalAccounts().getData().getFirst()).getStatus())
        .isEqualTo("errored");
    connectEvents("account.external_account.updated", account);
    assertCode(() -> payOut(400, account), "payouts_not_allowed");

    send(form("/v1/accounts/" + account, "external_account=btok_us_verified"));
    assertThat(account(account).getPayoutsEnabled()).isTrue();
    assertThatThrownBy(() -> payOut(400, account)).as("the new one is in usd").isNotNull();
  }

  private static void assertCode(Callable<?> request, String code) {
    assertThatThrownBy(request::call)
        .isInstanceOfSatisfying(
            InvalidRequestException.class, e -> assertThat(e.getCode()).isEqualTo(code));
  }

  @Test
  void a_failure_that_is_not_about_the_bank_account_leaves_payouts_enabled() throws Exception {
    String account = accountWith(1_000);

    fail(payOut(400, account), "could_not_process");

    assertThat(account(account).getPayoutsEnabled()).isTrue();
    assertThat(payOut(1_000, account).getStatus()).isEqualTo("pending");
  }

  @ParameterizedTest
  @CsvSource({
    "000111111116, no_account",
    "000111111113, account_closed",
    "000222222227, insufficient_funds",
    "000333333335, debit_not_authorized"
  })
  void payouts_to_stripes_test_numbers_fail_when_they_should_arrive(String number, String code)
      throws Exception {
    String account = createAccount().getId();
    lever(
        "POST",
        "accounts/" + account + "/onboarding",
        "{\"accountNumber\": \"%s\"}".formatted(number));
    fund(1_000, "cad");
    transfer(1_000, account);
    Payout payout = payOut(1_000, account);

    advanceDays(5);

    assertThat(payout(payout.getId(), account).getFailureCode()).isEqualTo(code);
    assertThat(connectEvents("payout.failed", account)).hasSize(1);
    assertThat(CONNECT.types()).doesNotContain("payout.paid");
    assertThat(available(account)).isEqualTo(1_000);
  }

  @Test
  void more_than_is_available_is_not_paid_out() throws Exception {
    String account = accountWith(1_000);

    assertCode(() -> payOut(1_001, account), "balance_insufficient");

    assertThat(payOut(1_000, account).getAmount()).isEqualTo(1_000);
    assertCode(() -> payOut(1, account), "balance_insufficient");
  }

  @Test
  void only_an_enabled_account_with_a_bank_account_in_the_currency_pays_out() throws Exception {
    String account = accountWith(1_000);
    assertThatThrownBy(() ->
            client().v1().payouts().create(payoutOf(100).setCurrency("usd").build(), as(account)))
        .hasMessageContaining("any external accounts in that currency (usd)");
    lever(
        "POST",
        "accounts/" + account + "/requirements",
        "{\"currentlyDue\": [], \"disabledReason\": \"under_review\"}");

    assertCode(() -> payOut(100, account), "payouts_not_allowed");
  }

  @Test
  void instant_payouts_are_refused_with_the_reason() throws Exception {
    String account = accountWith(1_000);
    PayoutCreateParams instant = payoutOf(100).setMethod(PayoutCreateParams.Method.INSTANT).build();

    assertCode(
        () -> client().v1().payouts().create(instant, as(account)), "instant_payouts_unsupported");

    String danish = readyAccountIn("DK", "DK5000400440116243");
    assertCode(
        () ->
            client()
                .v1()
                .payouts()
                .create(
                    payoutOf(100)
                        .setCurrency("dkk")
                        .setMethod(PayoutCreateParams.Method.INSTANT)
                        .build(),
                    as(danish)),
        "instant_payouts_currency_disabled");
  }

  private String readyAccountIn(String country, String iban) throws StripeException {
    String id =
        client()
            .v1()
            .accounts()
            .create(accountOf(country).setSettings(manualPayouts()).build())
            .getId();
    lever("POST", "accounts/" + id + "/onboarding", "{\"accountNumber\": \"%s\"}".formatted(iban));
    return id;
  }

  @Test
  void forints_are_paid_out_in_hundreds() throws Exception {
    String account = readyAccountIn("HU", "HU42117730161111101800000000");
    fund(10_050, "huf");
    client().v1().transfers().create(transferOf(10_050, account).setCurrency("huf").build());

    assertThatThrownBy(() ->
            client()
                .v1()
                .payouts()
                .create(payoutOf(10_050).setCurrency("huf").build(), as(account)))
        .hasMessageContaining("evenly divisible by 100");
    assertThat(
            client()
                .v1()
                .payouts()
                .create(payoutOf(10_000).setCurrency("huf").build(), as(account))
                .getAmount())
        .isEqualTo(10_000);
  }

  @Test
  void payouts_are_listed_by_status_destination_and_arrival() throws Exception {
    goToMonday();
    String account = accountWith(1_000);
    Payout first = payOut(100, account);
    advanceDays(2);
    Payout second = payOut(200, account);

    assertThat(list(PayoutListParams.builder().setStatus("paid"), account))
        .containsExactly(first.getId());
    assertThat(list(PayoutListParams.builder().setDestination(first.getDestination()), account))
        .containsExactly(second.getId(), first.getId());
    assertThat(
            list(
                PayoutListParams.builder()
                    .setArrivalDate(
                        PayoutListParams.ArrivalDate.builder()
                            .setGt(first.getArrivalDate())
                            .build()),
                account))
        .containsExactly(second.getId());
    assertThat(client().v1().payouts().list().getData()).as("of the platform").isEmpty();
    assertThatThrownBy(() -> client().v1().payouts().retrieve(first.getId()))
        .isInstanceOfSatisfying(
            InvalidRequestException.class, e -> assertThat(e.getStatusCode()).isEqualTo(404));
  }

  private List<String> list(PayoutListParams.Builder params, String account)
      throws StripeException {
    return client().v1().payouts().list(params.build(), as(account)).getData().stream()
        .map(Payout::getId)
        .toList();
  }

  @Test
  void the_balance_transactions_of_a_manual_payout_cannot_be_listed() throws Exception {
    String account = accountWith(1_000);
    Payout payout = payOut(1_000, account);

    assertThatThrownBy(() ->
            client()
                .v1()
                .balanceTransactions()
                .list(
                    BalanceTransactionListParams.builder().setPayout(payout.getId()).build(),
                    as(account)))
        .hasMessageContaining("only be filtered on automatic payouts");
  }

  @Test
  void a_payout_is_reversed_by_another_one_with_a_negative_amount() throws Exception {
    String account = accountWith(1_000);
    Payout payout = payOut(1_000, account);
    assertThatThrownBy(() -> client().v1().payouts().reverse(payout.getId(), as(account)))
        .as("cancel it instead")
        .hasMessageContaining("pending");
    advanceDays(5);

    Payout reversal = client().v1().payouts().reverse(payout.getId(), as(account));

    assertThat(reversal.getAmount()).isEqualTo(-1_000);
    assertThat(reversal.getOriginalPayout()).isEqualTo(payout.getId());
    assertThat(payout(payout.getId(), account).getReversedBy()).isEqualTo(reversal.getId());
    assertThat(pending(account)).isEqualTo(1_000);
    advanceDays(5);
    assertThat(available(account)).isEqualTo(1_000);
    assertThat(payout(reversal.getId(), account).getStatus()).isEqualTo("paid");
    assertSumsAgree();
  }

  @Test
  void a_payout_takes_metadata_and_its_key_pays_once() throws Exception {
    String account = accountWith(1_000);
    RequestOptions key =
        RequestOptions.builder().setStripeAccount(account).setIdempotencyKey("payout:1:1").build();
    lever("PUT", "faults", "[{\"path\": \"/v1/payouts\", \"times\": 2, \"kind\": \"drop-after\"}]");
    assertThatThrownBy(() -> client().v1().payouts().create(payoutOf(600).build(), key))
        .isInstanceOf(ApiConnectionException.class);

    Payout payout = client().v1().payouts().create(payoutOf(600).build(), key);

    assertThat(available(account)).isEqualTo(400);
    assertThat(
            client()
                .v1()
                .payouts()
                .update(
                    payout.getId(),
                    PayoutUpdateParams.builder().putMetadata("a", "b").build(),
                    as(account))
                .getMetadata())
        .containsEntry("a", "b");
    assertThat(send(form("/v1/payouts/" + payout.getId(), "description=x")).status())
        .isEqualTo(404);
  }

  @Test
  void an_invalid_payout_is_refused() throws Exception {
    String account = accountWith(1_000);
    assertParam("amount=0&currency=cad", account, "amount");
    assertParam("currency=cad", account, "amount");
    assertParam("amount=100", account, "currency");
    assertParam("amount=100&currency=cad&destination=ba_unknown", account, "destination");
    assertParam("amount=100&currency=cad&method=slow", account, "method");
    assertParam(
        "amount=100&currency=cad&statement_descriptor=much+too+long+for+a+bank",
        account,
        "statement_descriptor");
    assertThat(lever("POST", "payouts/po_unknown/failure", "").status()).isEqualTo(404);
    Payout payout = payOut(100, account);
    assertThat(fail(payout, "bored").status()).isEqualTo(400);
  }

  private void assertParam(String form, String account, String param) {
    Answer answer = send(form("/v1/payouts", form).header("Stripe-Account", account));
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("error").get("param").asString()).isEqualTo(param);
  }

  @Test
  void events_after_a_deauthorization_are_not_delivered() throws Exception {
    String account = accountWith(1_000);
    payOut(1_000, account);
    lever("POST", "accounts/" + account + "/deauthorization", "");
    connectEvents("account.application.deauthorized", account);
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> state().get("deliveries").get("pending").asInt() == 0);
    CONNECT.forget();

    advanceDays(7);

    assertThat(state().get("deliveries").get("pending").asInt()).isZero();
    assertThat(CONNECT.events()).isEmpty();
    assertSumsAgree();
  }
}
