package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.model.Account;
import com.stripe.model.BalanceSettings;
import com.stripe.model.BankAccount;
import com.stripe.model.Capability;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.net.RequestOptions;
import com.stripe.param.AccountExternalAccountCreateParams;
import com.stripe.param.AccountExternalAccountUpdateParams;
import com.stripe.param.AccountRejectParams;
import com.stripe.param.AccountUpdateParams;
import com.stripe.param.BalanceSettingsUpdateParams;
import com.stripe.param.CustomerCreateParams;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AccountIT extends ConnectedSandbox {

  @Test
  void a_new_account_can_do_nothing_until_its_requirements_are_met() throws Exception {
    Account account = createAccount();

    assertThat(account.getId()).startsWith("acct_");
    assertThat(account.getType()).isEqualTo("none");
    assertThat(account.getController().getLosses().getPayments()).isEqualTo("application");
    assertThat(account.getCountry()).isEqualTo("CA");
    assertThat(account.getDefaultCurrency()).isEqualTo("cad");
    assertThat(account.getDetailsSubmitted()).isFalse();
    assertThat(account.getPayoutsEnabled()).isFalse();
    assertThat(account.getCapabilities().getTransfers()).isEqualTo("inactive");
    assertThat(account.getSettings().getPayouts().getSchedule().getInterval()).isEqualTo("manual");
    Account.Requirements requirements = account.getRequirements();
    assertThat(requirements.getDisabledReason()).isEqualTo("requirements.past_due");
    assertThat(requirements.getCurrentlyDue())
        .contains("business_type", "external_account", "representative.first_name")
        .isEqualTo(requirements.getPastDue())
        .isEqualTo(requirements.getEventuallyDue());
    assertThat(connectEvents("capability.updated", account.getId())).hasSize(1);
    assertThat(client().v1().accounts().list().getData())
        .extracting(Account::getId)
        .containsExactly(account.getId());
  }

  @Test
  void a_completed_onboarding_enables_the_account_and_is_posted_to_the_connect_endpoint()
      throws Exception {
    String id = createAccount().getId();

    lever("POST", "accounts/" + id + "/onboarding", "");

    Account account = account(id);
    assertThat(account.getDetailsSubmitted()).isTrue();
    assertThat(account.getPayoutsEnabled()).isTrue();
    assertThat(account.getChargesEnabled()).as("only transfers were requested").isFalse();
    assertThat(account.getCapabilities().getTransfers()).isEqualTo("active");
    assertThat(account.getRequirements().getCurrentlyDue()).isEmpty();
    assertThat(account.getRequirements().getDisabledReason()).isNull();
    assertThat(account.getExternalAccounts().getData()).hasSize(1);
    Event updated = connectEvents("account.updated", id).getLast();
    assertThat(((Account) objectOf(updated)).getPayoutsEnabled()).isTrue();
    assertThat(updated.getData().getPreviousAttributes()).containsEntry("payouts_enabled", false);
    assertThat(
            ((Capability) objectOf(connectEvents("capability.updated", id).getLast())).getStatus())
        .isEqualTo("active");
    assertThat(RECEIVER.types()).doesNotContain("account.updated", "capability.updated");
    assertThat(CONNECT.badSignatures()).isEmpty();
  }

  @Test
  void what_the_platform_tells_is_no_longer_required() throws Exception {
    Account account = createAccount();

    Account updated =
        client()
            .v1()
            .accounts()
            .update(
                account.getId(),
                AccountUpdateParams.builder()
                    .setBusinessType(AccountUpdateParams.BusinessType.COMPANY)
                    .setCompany(
                        AccountUpdateParams.Company.builder().setName("Demo Academy").build())
                    .setBusinessProfile(
                        AccountUpdateParams.BusinessProfile.builder()
                            .setMcc("8299")
                            .setUrl("https://academy.example")
                            .build())
                    .build());

    assertThat(updated.getRequirements().getCurrentlyDue())
        .doesNotContain("business_type", "business_profile.mcc", "business_profile.url")
        .contains("representative.last_name");
    assertThat(updated.getCompany().getName()).isEqualTo("Demo Academy");
  }

  @Test
  void requirements_disable_an_account_when_their_deadline_has_passed() throws Exception {
    String id = readyAccount();

    require(id, "{\"currentlyDue\": [\"individual.verification.document\"]}");

    Account warned = account(id);
    assertThat(warned.getPayoutsEnabled()).isTrue();
    assertThat(warned.getRequirements().getCurrentlyDue())
        .containsExactly("individual.verification.document");
    assertThat(warned.getRequirements().getPastDue()).isEmpty();
    assertThat(warned.getRequirements().getCurrentDeadline()).isGreaterThan(warned.getCreated());

    advanceDays(15);

    Account disabled = account(id);
    assertThat(disabled.getPayoutsEnabled()).isFalse();
    assertThat(disabled.getRequirements().getPastDue())
        .containsExactly("individual.verification.document");
    assertThat(disabled.getRequirements().getDisabledReason()).isEqualTo("requirements.past_due");
    assertThat(disabled.getCapabilities().getTransfers()).isEqualTo("inactive");

    lever("POST", "accounts/" + id + "/onboarding", "");

    assertThat(account(id).getPayoutsEnabled()).isTrue();
  }

  @Test
  void a_lever_disables_an_account_for_a_reason_or_its_payouts_alone() throws Exception {
    String id = readyAccount();

    require(id, "{\"currentlyDue\": [], \"disabledReason\": \"under_review\"}");
    assertThat(account(id).getRequirements().getDisabledReason()).isEqualTo("under_review");
    assertThat(account(id).getCapabilities().getTransfers()).isEqualTo("inactive");

    require(id, "{\"currentlyDue\": [\"company.tax_id\"], \"payoutsEnabled\": false}");
    assertThat(account(id).getPayoutsEnabled()).isFalse();
    assertThat(account(id).getCapabilities().getTransfers()).isEqualTo("active");

    require(id, "{\"currentlyDue\": []}");
    assertThat(account(id).getPayoutsEnabled()).isTrue();
    assertThat(
            lever("POST", "accounts/" + id + "/requirements", "{\"disabledReason\": \"bored\"}")
                .status())
        .isEqualTo(400);
  }

  private void require(String id, String json) {
    assertThat(lever("POST", "accounts/" + id + "/requirements", json).status()).isEqualTo(200);
  }

  @Test
  void a_capability_can_be_requested_later_and_given_up() throws Exception {
    String id = readyAccount();

    Answer requested =
        send(form("/v1/accounts/" + id + "/capabilities/card_payments", "requested=true"));

    assertThat(requested.json().get("status").asString()).isEqualTo("active");
    assertThat(account(id).getChargesEnabled()).isTrue();
    assertThat(
            send(form("/v1/accounts/" + id + "/capabilities/card_payments", "requested=false"))
                .json()
                .get("status")
                .asString())
        .isEqualTo("unrequested");
    assertThat(account(id).getChargesEnabled()).isFalse();
    assertThat(send(api("/v1/accounts/" + id + "/capabilities")).json().get("data")).hasSize(1);
    assertThat(send(api("/v1/accounts/" + id + "/capabilities/flying")).status()).isEqualTo(404);
  }

  @Test
  void bank_accounts_are_added_updated_and_deleted() throws Exception {
    String id = readyAccount();
    BankAccount second =
        (BankAccount)
            client()
                .v1()
                .accounts()
                .externalAccounts()
                .create(
                    id,
                    AccountExternalAccountCreateParams.builder()
                        .setExternalAccount(
                            AccountExternalAccountCreateParams.BankAccount.builder()
                                .setCountry("CA")
                                .setCurrency("cad")
                                .setAccountNumber("000123456700")
                                .setRoutingNumber("11000-000")
                                .setAccountHolderName("Demo Academy")
                                .build())
                        .build());
    assertThat(second.getLast4()).isEqualTo("6700");
    assertThat(second.getDefaultForCurrency()).isFalse();
    BankAccount first = (BankAccount) account(id).getExternalAccounts().getData().getFirst();
    assertThatThrownBy(() -> client().v1().accounts().externalAccounts().delete(id, first.getId()))
        .hasMessageContaining("default external account");

    client()
        .v1()
        .accounts()
        .externalAccounts()
        .update(
            id,
            second.getId(),
            AccountExternalAccountUpdateParams.builder().setDefaultForCurrency(true).build());
    client().v1().accounts().externalAccounts().delete(id, first.getId());

    assertThat(client().v1().accounts().externalAccounts().list(id).getData())
        .extracting(bank -> ((BankAccount) bank).getDefaultForCurrency())
        .containsExactly(true);
    assertThat(account(id).getExternalAccounts().getData()).hasSize(1);
    connectEvents("account.external_account.created", id);
    connectEvents("account.external_account.updated", id);
    assertThat(objectOf(connectEvents("account.external_account.deleted", id).getFirst()))
        .isInstanceOf(BankAccount.class);
  }

  @ParameterizedTest
  @CsvSource({
    "000123456789, 11000-000, CA, ",
    "12, 11000-000, CA, account_number_invalid",
    "000123456789, , CA, routing_number_invalid",
    "DE89370400440532013000, , DE, ",
    "DE89370400440532013000, , CA, account_country_invalid_address"
  })
  void the_number_of_a_bank_account_is_validated(
      String number, String routing, String country, String code) throws Exception {
    String id = createAccount().getId();
    String form =
        "external_account[object]=bank_account&external_account[currency]=eur"
            + "&external_account[account_number]="
            + number
            + "&external_account[country]="
            + country
            + (routing == null ? "" : "&external_account[routing_number]=" + routing);

    Answer answer = send(form("/v1/accounts/" + id + "/external_accounts", form));

    assertThat(answer.status()).as(answer.body()).isEqualTo(code == null ? 200 : 400);
    if (code != null) {
      assertThat(answer.json().get("error").get("code").asString()).isEqualTo(code);
    }
  }

  @Test
  void to_the_key_of_another_platform_no_account_is_connected_and_nothing_exists()
      throws Exception {
    String id = readyAccount();
    fund(10_000, "cad");
    String transfer = transfer(1_000, id).getId();
    StripeClient other = client("sk_test_other");

    assertThat(other.v1().accounts().retrieveCurrent().getId())
        .isNotEqualTo(client().v1().accounts().retrieveCurrent().getId());
    assertThatThrownBy(() -> other.v1().accounts().retrieve(id))
        .isInstanceOfSatisfying(
            PermissionException.class, e -> assertThat(e.getCode()).isEqualTo("account_invalid"));
    assertThatThrownBy(() -> other.v1().balance().retrieve(as(id)))
        .isInstanceOfSatisfying(
            PermissionException.class, e -> assertThat(e.getCode()).isEqualTo("account_invalid"));
    assertThatThrownBy(() -> other.v1().transfers().retrieve(transfer))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> assertThat(e.getCode()).isEqualTo("resource_missing"));
    assertThat(account(id).getId()).isEqualTo(id);
  }

  @Test
  void an_account_whose_owner_disconnects_it_is_no_longer_accessible() throws Exception {
    String id = readyAccount();

    lever("POST", "accounts/" + id + "/deauthorization", "");

    assertThat(connectEvents("account.application.deauthorized", id)).hasSize(1);
    assertThatThrownBy(() -> account(id)).isInstanceOf(PermissionException.class);
    assertThatThrownBy(() -> client().v1().balance().retrieve(as(id)))
        .isInstanceOfSatisfying(
            PermissionException.class, e -> assertThat(e.getCode()).isEqualTo("account_invalid"));
    assertThat(client().v1().accounts().list().getData()).isEmpty();
    fund(10_000, "cad");
    assertThatThrownBy(() -> transfer(1_000, id))
        .isInstanceOfSatisfying(
            InvalidRequestException.class, e -> assertThat(e.getParam()).isEqualTo("destination"));
  }

  @Test
  void an_account_can_be_deleted_when_its_balance_is_zero() throws Exception {
    String id = accountWith(1_000);
    assertThatThrownBy(() -> client().v1().accounts().delete(id))
        .hasMessageContaining("balances must be zero");
    payOut(1_000, id);

    assertThat(client().v1().accounts().delete(id).getDeleted()).isTrue();

    assertThatThrownBy(() -> account(id)).isInstanceOf(PermissionException.class);
    connectEvents("account.application.deauthorized", id);
  }

  @Test
  void a_rejected_account_stays_disabled() throws Exception {
    String id = readyAccount();

    client().v1().accounts().reject(id, AccountRejectParams.builder().setReason("fraud").build());

    assertThat(account(id).getRequirements().getDisabledReason()).isEqualTo("rejected.fraud");
    assertThat(account(id).getPayoutsEnabled()).isFalse();
    assertThat(lever("POST", "accounts/" + id + "/onboarding", "").status()).isEqualTo(400);
  }

  @Test
  void the_objects_of_an_account_are_its_own() throws Exception {
    String first = readyAccount();
    String second = readyAccount();
    Customer customer =
        client()
            .v1()
            .customers()
            .create(CustomerCreateParams.builder().setName("Ann").build(), as(first));

    assertThat(client().v1().customers().retrieve(customer.getId(), as(first)).getName())
        .isEqualTo("Ann");
    assertThatThrownBy(() -> client().v1().customers().retrieve(customer.getId(), as(second)))
        .isInstanceOf(InvalidRequestException.class);
    assertThatThrownBy(() -> client().v1().customers().retrieve(customer.getId()))
        .isInstanceOf(InvalidRequestException.class);
    connectEvents("customer.created", first);
    assertThat(RECEIVER.types()).doesNotContain("customer.created");
  }

  @Test
  void a_payment_a_refund_and_a_dispute_of_an_account_change_its_own_balance() throws Exception {
    String id = readyAccount();
    String charge =
        send(form("/v1/charges", "amount=5000&currency=cad&source=tok_bypassPending")
                .header("Stripe-Account", id))
            .json()
            .get("id")
            .asString();

    assertThat(available(id)).isEqualTo(5_000 - 175);
    lever("POST", "refunds", "{\"chargeId\": \"%s\", \"amountMinor\": 1000}".formatted(charge));
    lever("POST", "charges/" + charge + "/disputes", "{}");

    assertThat(available(id)).as("4,000 and the fee of 15.00 withdrawn").isEqualTo(-1_675);
    connectEvents("charge.refunded", id);
    connectEvents("charge.dispute.created", id);
    assertThat(RECEIVER.types()).noneMatch(type -> type.startsWith("charge."));
    await().atMost(MAX_WAIT_TIME).until(() -> state().get("plannedSteps").asInt() == 0);
    assertThat(platformAvailable()).as("reserved").isEqualTo(-1_675);
    assertSumsAgree();
  }

  @Test
  void an_idempotency_key_belongs_to_one_account() throws Exception {
    String first = readyAccount();
    String second = readyAccount();
    CustomerCreateParams params = CustomerCreateParams.builder().setName("Ann").build();

    String one = client().v1().customers().create(params, keyed(first)).getId();

    assertThat(client().v1().customers().create(params, keyed(first)).getId()).isEqualTo(one);
    assertThat(client().v1().customers().create(params, keyed(second)).getId()).isNotEqualTo(one);
  }

  private static RequestOptions keyed(String account) {
    return RequestOptions.builder().setStripeAccount(account).setIdempotencyKey("key-1").build();
  }

  @Test
  void an_account_that_does_not_exist_is_refused() {
    assertThatThrownBy(() -> account("acct_unknown")).isInstanceOf(PermissionException.class);
    assertThatThrownBy(() -> client().v1().balance().retrieve(as("acct_unknown")))
        .isInstanceOf(PermissionException.class);
    assertThat(lever("POST", "accounts/acct_unknown/onboarding", "").status()).isEqualTo(404);
  }

  @Test
  void only_the_platform_creates_accounts_links_transfers_and_endpoints() throws Exception {
    String id = readyAccount();
    for (String path :
        List.of("/v1/accounts", "/v1/account_links", "/v1/transfers", "/v1/webhook_endpoints")) {
      Answer answer = send(form(path, "").header("Stripe-Account", id));
      assertThat(answer.status()).as(path).isEqualTo(400);
      assertThat(answer.json().get("error").get("message").asString())
          .contains("Only Stripe Connect platforms");
    }
    assertThat(send(api("/v1/account").header("Stripe-Account", id)).json().get("id").asString())
        .isEqualTo(id);
    assertThat(send(api("/v1/account")).json().get("country").asString()).isEqualTo("CA");
  }

  @Test
  void an_invalid_account_is_refused() {
    assertThat(errorOf("country=XX").get("code").asString()).isEqualTo("country_unsupported");
    assertThat(errorOf("type=express&controller[losses][payments]=stripe").get("param").asString())
        .isEqualTo("type");
    assertThat(errorOf("controller[requirement_collection]=application").get("param").asString())
        .isEqualTo("controller[stripe_dashboard][type]");
    assertThat(errorOf("individual[first_name]=Ann").get("code").asString())
        .isEqualTo("parameter_unknown");
    assertThat(
            errorOf("tos_acceptance[date]=1&tos_acceptance[ip]=127.0.0.1").get("param").asString())
        .isEqualTo("tos_acceptance[date]");
    assertThat(errorOf("settings[payouts][schedule][interval]=weekly").get("param").asString())
        .isEqualTo("settings[payouts][schedule][weekly_payout_days]");
  }

  private JsonNode errorOf(String form) {
    Answer answer = send(form("/v1/accounts", form));
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    return answer.json().get("error");
  }

  @Test
  void balance_settings_are_the_payout_settings_of_an_account() throws Exception {
    String id = readyAccount();

    BalanceSettings settings =
        client()
            .v1()
            .balanceSettings()
            .update(
                BalanceSettingsUpdateParams.builder()
                    .setPayments(
                        BalanceSettingsUpdateParams.Payments.builder()
                            .setPayouts(
                                BalanceSettingsUpdateParams.Payments.Payouts.builder()
                                    .setStatementDescriptor("ACADEMY")
                                    .putMinimumBalanceByCurrency("cad", 500L)
                                    .setSchedule(
                                        BalanceSettingsUpdateParams.Payments.Payouts.Schedule
                                            .builder()
                                            .setInterval(
                                                BalanceSettingsUpdateParams.Payments.Payouts
                                                    .Schedule.Interval.WEEKLY)
                                            .addWeeklyPayoutDay(
                                                BalanceSettingsUpdateParams.Payments.Payouts
                                                    .Schedule.WeeklyPayoutDay.FRIDAY)
                                            .build())
                                    .build())
                            .build())
                    .build(),
                as(id));

    assertThat(settings.getPayments().getPayouts().getSchedule().getInterval()).isEqualTo("weekly");
    assertThat(settings.getPayments().getPayouts().getMinimumBalanceByCurrency())
        .containsEntry("cad", 500L);
    assertThat(settings.getPayments().getPayouts().getStatus()).isEqualTo("enabled");
    Account.Settings.Payouts stored = account(id).getSettings().getPayouts();
    assertThat(stored.getSchedule().getWeeklyPayoutDays()).containsExactly("friday");
    assertThat(stored.getStatementDescriptor()).isEqualTo("ACADEMY");
    connectEvents("balance_settings.updated", id);
    assertThat(
            client()
                .v1()
                .balanceSettings()
                .retrieve()
                .getPayments()
                .getPayouts()
                .getSchedule()
                .getInterval())
        .as("of the platform")
        .isEqualTo("manual");
  }

  @Test
  void a_reset_removes_connected_accounts_too() throws Exception {
    String id = accountWith(1_000);
    await().atMost(MAX_WAIT_TIME).until(() -> state().get("plannedSteps").asInt() == 0);

    lever("POST", "reset", "");

    assertThat(state().get("objects")).isEmpty();
    assertThat(state().get("connectedBalances")).isEmpty();
    assertThatThrownBy(() -> account(id)).isInstanceOf(PermissionException.class);
  }
}
