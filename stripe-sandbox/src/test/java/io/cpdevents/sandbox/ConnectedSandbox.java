package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.StripeException;
import com.stripe.model.Account;
import com.stripe.model.Balance;
import com.stripe.model.Event;
import com.stripe.model.Payout;
import com.stripe.model.StripeObject;
import com.stripe.model.Transfer;
import com.stripe.net.RequestOptions;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.AccountCreateParams.Capabilities;
import com.stripe.param.AccountCreateParams.Controller;
import com.stripe.param.AccountCreateParams.Settings;
import com.stripe.param.PayoutCreateParams;
import com.stripe.param.TransferCreateParams;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The running sandbox with what tests of connected accounts have in common. */
class ConnectedSandbox extends RunningSandbox {

  /** An account as a platform with separate charges and transfers creates it. */
  static AccountCreateParams.Builder accountOf(String country) {
    return AccountCreateParams.builder()
        .setCountry(country)
        .setEmail("organizer@example.org")
        .setController(
            Controller.builder()
                .setFees(
                    Controller.Fees.builder().setPayer(Controller.Fees.Payer.APPLICATION).build())
                .setLosses(
                    Controller.Losses.builder()
                        .setPayments(Controller.Losses.Payments.APPLICATION)
                        .build())
                .setStripeDashboard(
                    Controller.StripeDashboard.builder()
                        .setType(Controller.StripeDashboard.Type.EXPRESS)
                        .build())
                .build())
        .setCapabilities(
            Capabilities.builder()
                .setTransfers(Capabilities.Transfers.builder().setRequested(true).build())
                .build())
        .putMetadata("organizationId", "organization-1");
  }

  static Settings manualPayouts() {
    return Settings.builder()
        .setPayouts(
            Settings.Payouts.builder()
                .setSchedule(
                    Settings.Payouts.Schedule.builder()
                        .setInterval(Settings.Payouts.Schedule.Interval.MANUAL)
                        .build())
                .build())
        .build();
  }

  Account createAccount() throws StripeException {
    return client().v1().accounts().create(accountOf("CA").setSettings(manualPayouts()).build());
  }

  /** An account to which transfers and from which payouts can be made. */
  String readyAccount() throws StripeException {
    String id = createAccount().getId();
    assertThat(lever("POST", "accounts/" + id + "/onboarding", "").status()).isEqualTo(200);
    return id;
  }

  Account account(String id) throws StripeException {
    return client().v1().accounts().retrieve(id);
  }

  static RequestOptions as(String account) {
    return RequestOptions.builder().setStripeAccount(account).build();
  }

  /** Adds money to the platform's available balance. */
  void fund(long amount, String currency) {
    assertThat(unrequested(amount, currency, "topup").status()).isEqualTo(200);
  }

  Answer unrequested(long amount, String currency, String type) {
    return lever(
        "POST",
        "balance-transactions",
        "{\"amountMinor\": %d, \"currency\": \"%s\", \"type\": \"%s\"}"
            .formatted(amount, currency, type));
  }

  static TransferCreateParams.Builder transferOf(long amount, String account) {
    return TransferCreateParams.builder()
        .setAmount(amount)
        .setCurrency("cad")
        .setDestination(account);
  }

  Transfer transfer(long amount, String account) throws StripeException {
    return client().v1().transfers().create(transferOf(amount, account).build());
  }

  /** An account that is ready and has this much available. */
  String accountWith(long amount) throws StripeException {
    String account = readyAccount();
    fund(amount, "cad");
    transfer(amount, account);
    return account;
  }

  static PayoutCreateParams.Builder payoutOf(long amount) {
    return PayoutCreateParams.builder().setAmount(amount).setCurrency("cad");
  }

  Payout payOut(long amount, String account) throws StripeException {
    return client().v1().payouts().create(payoutOf(amount).build(), as(account));
  }

  Payout payout(String id, String account) throws StripeException {
    return client().v1().payouts().retrieve(id, as(account));
  }

  long available(String account) throws StripeException {
    return balance(account).getAvailable().getFirst().getAmount();
  }

  long pending(String account) throws StripeException {
    return balance(account).getPending().getFirst().getAmount();
  }

  private Balance balance(String account) throws StripeException {
    return client().v1().balance().retrieve(as(account));
  }

  long platformAvailable() throws StripeException {
    return client().v1().balance().retrieve().getAvailable().getFirst().getAmount();
  }

  void advanceDays(int days) {
    lever("POST", "clock/advance", "{\"seconds\": %d}".formatted(days * 86_400L));
  }

  /** Moves the clock to noon of the next Monday, so that dates do not depend on today. */
  void goToMonday() {
    JsonNode clock = lever("GET", "clock", "").json();
    long now = Instant.parse(clock.get("now").asString()).getEpochSecond();
    LocalDate today = LocalDate.ofEpochDay(now / 86_400);
    long monday =
        today
            .with(TemporalAdjusters.next(DayOfWeek.MONDAY))
            .atTime(12, 0)
            .toEpochSecond(ZoneOffset.UTC);
    lever("POST", "clock/advance", "{\"seconds\": %d}".formatted(monday - now));
  }

  /**
   * What the Connect endpoint has received of an account, as soon as it has an event of the type.
   */
  List<Event> connectEvents(String type, String account) {
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> CONNECT.events(type).stream().anyMatch(e -> account.equals(e.getAccount())));
    return CONNECT.events(type).stream().filter(e -> account.equals(e.getAccount())).toList();
  }

  static StripeObject objectOf(Event event) {
    return event.getDataObjectDeserializer().getObject().orElseThrow();
  }
}
