package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.model.SetupIntent;
import com.stripe.model.checkout.Session;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerPaymentMethodListParams;
import com.stripe.param.CustomerRetrieveParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentCreateParams.SetupFutureUsage;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.PaymentMethodCreateParams;
import com.stripe.param.PaymentMethodListParams;
import com.stripe.param.PaymentMethodUpdateParams;
import com.stripe.param.SetupIntentConfirmParams;
import com.stripe.param.SetupIntentCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentMethodIT extends RunningSandbox {

  @Test
  void a_card_is_attached_used_updated_and_detached() throws Exception {
    Customer customer = createCustomer();
    PaymentMethod card = createCard(PAYS);
    assertThat(card.getCard().getLast4()).isEqualTo("4242");
    assertThat(card.getBillingDetails().getName()).isEqualTo("Ann");
    assertThat(card.getCustomer()).isNull();

    PaymentMethod attached = attach(card.getId(), customer);
    assertThat(attached.getCustomer()).isEqualTo(customer.getId());
    assertThat(pay(card.getId(), customer).getPaymentMethod()).isEqualTo(card.getId());
    assertThat(pay(card.getId(), customer).getStatus()).isEqualTo("succeeded");
    client()
        .v1()
        .paymentMethods()
        .update(
            card.getId(),
            PaymentMethodUpdateParams.builder()
                .setCard(PaymentMethodUpdateParams.Card.builder().setExpYear(2040L).build())
                .putMetadata("a", "1")
                .build());
    assertThat(listed(customer)).isEqualTo(1);
    PaymentMethod detached = client().v1().paymentMethods().detach(card.getId());

    assertThat(detached.getCustomer()).isNull();
    assertThat(detached.getCard().getExpYear()).isEqualTo(2040);
    assertThat(listed(customer)).isZero();
    assertThatThrownBy(() -> client().v1().paymentMethods().detach(card.getId()))
        .isInstanceOf(InvalidRequestException.class);
    assertThatThrownBy(() -> attach(card.getId(), customer))
        .hasMessageContaining("may not be used again");
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() ->
            RECEIVER.types().contains("payment_method.attached")
                && RECEIVER.types().contains("payment_method.updated")
                && RECEIVER.types().contains("payment_method.detached"));
    Event event = RECEIVER.events("payment_method.detached").getFirst();
    assertThat(event.getData().getPreviousAttributes()).containsKey("customer");
  }

  @Test
  void a_test_token_is_another_card_each_time() throws Exception {
    Customer customer = createCustomer();

    attach("pm_card_visa", customer);
    attach("pm_card_visa", customer);

    assertThat(listed(customer)).isEqualTo(2);
    List<String> paged = new ArrayList<>();
    for (PaymentMethod card :
        client()
            .v1()
            .customers()
            .paymentMethods()
            .list(customer.getId(), CustomerPaymentMethodListParams.builder().setLimit(1L).build())
            .autoPagingIterable()) {
      paged.add(card.getId());
    }
    assertThat(paged).hasSize(2);
    assertThat(
            client()
                .v1()
                .customers()
                .paymentMethods()
                .retrieve(customer.getId(), paged.getFirst())
                .getCustomer())
        .isEqualTo(customer.getId());
  }

  @Test
  void a_card_without_a_customer_pays_once_and_one_with_a_customer_only_for_them()
      throws Exception {
    Customer customer = createCustomer();
    PaymentMethod once = createCard(PAYS);
    assertThat(pay(once.getId(), null).getStatus()).isEqualTo("succeeded");
    assertThatThrownBy(() -> pay(once.getId(), null)).hasMessageContaining("may not be used again");
    PaymentMethod theirs = attach("pm_card_visa", customer);

    assertThatThrownBy(() -> pay(theirs.getId(), null))
        .hasMessageContaining("attached to a customer");
    assertThatThrownBy(() -> pay(theirs.getId(), createCustomer()))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> assertThat(e.getCode()).isEqualTo("resource_missing"));
  }

  @ParameterizedTest
  @CsvSource({
    "4242424242424243, 12, 2034, incorrect_number",
    "4242424242424242, 13, 2034, invalid_expiry_month",
    "4242424242424242, 12, 2020, invalid_expiry_year"
  })
  void an_invalid_card_is_refused(String number, long month, long year, String code) {
    assertThatThrownBy(() -> createCard(number, month, year))
        .isInstanceOfSatisfying(CardException.class, e -> assertThat(e.getCode()).isEqualTo(code));
  }

  @Test
  void a_bank_refuses_to_save_some_cards_and_declines_others_later() throws Exception {
    Customer customer = createCustomer();
    assertThatThrownBy(() -> attach("pm_card_chargeDeclined", customer))
        .isInstanceOf(CardException.class);

    PaymentMethod saved = attach("pm_card_chargeCustomerFail", customer);
    assertThatThrownBy(() -> pay(saved.getId(), customer)).isInstanceOf(CardException.class);
  }

  @Test
  void a_card_is_saved_on_a_page_where_nothing_is_paid() throws Exception {
    Customer customer = createCustomer();
    Session session = setupPage(customer);
    assertThat(session.getPaymentStatus()).isEqualTo("no_payment_required");
    assertThat(session.getAmountTotal()).isNull();
    assertThat(page(session, "", null).body())
        .contains("<h1>Save a card</h1>", "Back without saving", "4000 0000 0000 0341");
    assertThat(page(session, "", "card=4000000000000002").body()).contains("was declined");
    assertThat(listed(customer)).isZero();

    Answer saved = page(session, "", "card=4242424242424242&name=Ann");

    assertThat(saved.response().headers().firstValue("Location"))
        .hasValue("https://example.org/cards");
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() ->
            RECEIVER
                .types()
                .containsAll(
                    List.of(
                        "setup_intent.created",
                        "setup_intent.setup_failed",
                        "payment_method.attached",
                        "setup_intent.succeeded",
                        "checkout.session.completed")));
    assertThat(RECEIVER.types()).doesNotContain("payment_intent.created");
    SetupIntent setup = client().v1().setupIntents().retrieve(session.getSetupIntent());
    assertThat(setup.getStatus()).isEqualTo("succeeded");
    assertThat(client().v1().paymentMethods().retrieve(setup.getPaymentMethod()).getCustomer())
        .isEqualTo(customer.getId());
  }

  @Test
  void a_page_asks_for_authentication_before_a_card_is_saved() throws Exception {
    Customer customer = createCustomer();
    Session session = setupPage(customer);

    page(session, "", "card=4000000000003220");
    assertThat(page(session, "", null).body()).contains("A card is saved.");
    page(session, "/authentication", "outcome=complete");

    assertThat(listed(customer)).isEqualTo(1);
  }

  @Test
  void a_page_that_nobody_saves_a_card_on_ends_with_its_setup_intent() throws Exception {
    Session session = setupPage(createCustomer());

    lever("POST", "checkout-sessions/" + session.getId() + "/abandon", "");

    assertThat(client().v1().checkout().sessions().retrieve(session.getId()).getStatus())
        .isEqualTo("expired");
    assertThat(client().v1().setupIntents().retrieve(session.getSetupIntent()).getStatus())
        .isEqualTo("canceled");
  }

  private Session setupPage(Customer customer) throws StripeException {
    return client()
        .v1()
        .checkout()
        .sessions()
        .create(
            SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.SETUP)
                .addPaymentMethodType(SessionCreateParams.PaymentMethodType.CARD)
                .setCustomer(customer.getId())
                .setSuccessUrl("https://example.org/cards")
                .setCancelUrl("https://example.org/cards")
                .build());
  }

  @Test
  void a_lever_makes_a_bank_decline_a_card_and_pay_again() throws Exception {
    Customer customer = createCustomer();
    PaymentMethod card = attach("pm_card_visa", customer);
    String behaviour = "payment-methods/" + card.getId() + "/behaviour";

    lever("POST", behaviour, "{\"decline\": \"lost_card\"}");
    assertThatThrownBy(() -> pay(card.getId(), customer))
        .isInstanceOfSatisfying(
            CardException.class, e -> assertThat(e.getDeclineCode()).isEqualTo("lost_card"));
    lever("POST", behaviour, "{\"decline\": \"none\"}");

    assertThat(pay(card.getId(), customer).getStatus()).isEqualTo("succeeded");
  }

  @Test
  void a_replaced_card_is_updated_automatically_with_its_previous_values() throws Exception {
    Customer customer = createCustomer();
    PaymentMethod card = attach("pm_card_visa", customer);
    String lever = "payment-methods/" + card.getId() + "/network-update";

    lever("POST", lever, "{\"expMonth\": 3, \"expYear\": 2041, \"last4\": \"1881\"}");

    PaymentMethod now = client().v1().paymentMethods().retrieve(card.getId());
    assertThat(now.getCard().getLast4()).isEqualTo("1881");
    assertThat(now.getCard().getExpYear()).isEqualTo(2041);
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> RECEIVER.types().contains("payment_method.automatically_updated"));
    Event event = RECEIVER.events("payment_method.automatically_updated").getFirst();
    assertThat(String.valueOf(event.getData().getPreviousAttributes().get("card")))
        .contains("last4=4242");
  }

  @Test
  void a_payment_can_save_its_card_for_later() throws Exception {
    Customer customer = createCustomer();

    PaymentIntent intent =
        client()
            .v1()
            .paymentIntents()
            .create(
                intent("pm_card_visa")
                    .setCustomer(customer.getId())
                    .setSetupFutureUsage(SetupFutureUsage.OFF_SESSION)
                    .build());

    assertThat(listed(customer)).isEqualTo(1);
    assertThat(pay(intent.getPaymentMethod(), customer).getStatus()).isEqualTo("succeeded");
  }

  @Test
  void a_session_creates_the_customer_it_is_asked_for_when_it_is_paid() throws Exception {
    Session session =
        client()
            .v1()
            .checkout()
            .sessions()
            .create(
                sessionOf(5_000)
                    .setCustomerCreation(SessionCreateParams.CustomerCreation.ALWAYS)
                    .build());
    pay(session, DECLINED);
    assertThat(client().v1().customers().list().getData()).isEmpty();

    lever(
        "POST",
        "checkout-sessions/" + session.getId() + "/pay",
        "{\"email\": \"ann@example.org\", \"name\": \"Ann\"}");

    Session paid = client().v1().checkout().sessions().retrieve(session.getId());
    Customer customer = client().v1().customers().retrieve(paid.getCustomer());
    assertThat(customer.getEmail()).isEqualTo("ann@example.org");
    assertThat(settledCharge(session).getCustomer()).isEqualTo(customer.getId());
  }

  @Test
  void deleting_a_customer_detaches_their_cards() throws Exception {
    Customer customer = createCustomer();
    PaymentMethod card = attach("pm_card_visa", customer);

    Customer deleted = client().v1().customers().delete(customer.getId());

    assertThat(deleted.getDeleted()).isTrue();
    assertThat(client().v1().customers().retrieve(customer.getId()).getDeleted()).isTrue();
    assertThat(client().v1().customers().list().getData()).isEmpty();
    assertThat(client().v1().paymentMethods().retrieve(card.getId()).getCustomer()).isNull();
    assertThatThrownBy(() -> pay("pm_card_visa", customer))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> assertThat(e.getCode()).isEqualTo("resource_missing"));
    assertThatThrownBy(() -> client().v1().customers().delete(customer.getId()))
        .isInstanceOf(InvalidRequestException.class);
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("customer.deleted"));
    Customer told =
        (Customer)
            RECEIVER
                .events("customer.deleted")
                .getFirst()
                .getDataObjectDeserializer()
                .getObject()
                .orElseThrow();
    assertThat(told.getEmail()).isEqualTo("ann@example.org");
  }

  @Test
  void the_default_card_of_a_customer_is_one_of_theirs() throws Exception {
    Customer customer = createCustomer();
    PaymentMethod card = attach("pm_card_visa", customer);
    setDefault(customer, card.getId());
    Customer expanded =
        client()
            .v1()
            .customers()
            .retrieve(
                customer.getId(),
                CustomerRetrieveParams.builder()
                    .addExpand("invoice_settings.default_payment_method")
                    .build());
    assertThat(expanded.getInvoiceSettings().getDefaultPaymentMethodObject().getCard().getLast4())
        .isEqualTo("4242");
    assertThatThrownBy(() -> setDefault(customer, createCard(PAYS).getId()))
        .isInstanceOf(InvalidRequestException.class);

    client().v1().paymentMethods().detach(card.getId());

    assertThat(
            client()
                .v1()
                .customers()
                .retrieve(customer.getId())
                .getInvoiceSettings()
                .getDefaultPaymentMethod())
        .isNull();
  }

  private void setDefault(Customer customer, String card) throws StripeException {
    client()
        .v1()
        .customers()
        .update(
            customer.getId(),
            CustomerUpdateParams.builder()
                .setInvoiceSettings(
                    CustomerUpdateParams.InvoiceSettings.builder()
                        .setDefaultPaymentMethod(card)
                        .build())
                .build());
  }

  @Test
  void a_card_can_be_set_up_for_later_without_a_payment() throws Exception {
    Customer customer = createCustomer();
    SetupIntent created =
        client()
            .v1()
            .setupIntents()
            .create(
                SetupIntentCreateParams.builder()
                    .setCustomer(customer.getId())
                    .setPaymentMethod("pm_card_visa")
                    .build());
    assertThat(created.getStatus()).isEqualTo("requires_confirmation");

    SetupIntent done = client().v1().setupIntents().confirm(created.getId());

    assertThat(done.getStatus()).isEqualTo("succeeded");
    assertThat(listed(customer)).isEqualTo(1);
    assertThat(pay(done.getPaymentMethod(), customer).getStatus()).isEqualTo("succeeded");
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("setup_intent.succeeded"));
    assertThatThrownBy(() -> client().v1().setupIntents().cancel(done.getId()))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void a_setup_may_be_declined_and_may_require_authentication() throws Exception {
    assertThatThrownBy(() -> setUp("pm_card_chargeDeclined")).isInstanceOf(CardException.class);
    SetupIntent failed = client().v1().setupIntents().list().getData().getFirst();
    assertThat(failed.getStatus()).isEqualTo("requires_payment_method");
    assertThat(failed.getLastSetupError().getDeclineCode()).isEqualTo("generic_decline");
    SetupIntent asked = setUp("pm_card_authenticationRequired");
    assertThat(asked.getStatus()).isEqualTo("requires_action");
    String lever = "setup-intents/" + asked.getId() + "/authentication";

    assertThat(lever("POST", lever, "{\"outcome\": \"failed\"}").status()).isEqualTo(402);
    client()
        .v1()
        .setupIntents()
        .confirm(
            asked.getId(),
            SetupIntentConfirmParams.builder()
                .setPaymentMethod("pm_card_authenticationRequired")
                .build());
    assertThat(lever("POST", lever, "{\"outcome\": \"succeeded\"}").status()).isEqualTo(200);

    assertThat(client().v1().setupIntents().retrieve(asked.getId()).getStatus())
        .isEqualTo("succeeded");
  }

  private SetupIntent setUp(String method) throws StripeException {
    return client()
        .v1()
        .setupIntents()
        .create(
            SetupIntentCreateParams.builder().setPaymentMethod(method).setConfirm(true).build());
  }

  @ParameterizedTest
  @CsvSource({"AT611904300234573201, succeeded", "AT861904300235473202, requires_payment_method"})
  void a_direct_debit_is_slow_and_succeeds_or_fails(String iban, String status) throws Exception {
    PaymentMethod account =
        client()
            .v1()
            .paymentMethods()
            .create(
                PaymentMethodCreateParams.builder()
                    .setType(PaymentMethodCreateParams.Type.SEPA_DEBIT)
                    .setSepaDebit(
                        PaymentMethodCreateParams.SepaDebit.builder().setIban(iban).build())
                    .build());

    PaymentIntent intent =
        client()
            .v1()
            .paymentIntents()
            .create(
                PaymentIntentCreateParams.builder()
                    .setAmount(5_000L)
                    .setCurrency("eur")
                    .addPaymentMethodType("sepa_debit")
                    .setPaymentMethod(account.getId())
                    .setConfirm(true)
                    .build());

    assertThat(intent.getStatus()).isEqualTo("processing");
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() ->
            client().v1().paymentIntents().retrieve(intent.getId()).getStatus().equals(status));
    assertThat(intent.getLatestCharge()).startsWith("py_");
    assertThat(
            send(form(
                    "/v1/payment_intents",
                    "amount=5000&currency=cad&payment_method_types[]=sepa_debit"))
                .status())
        .isEqualTo(400);
  }

  private Customer createCustomer() throws StripeException {
    return client()
        .v1()
        .customers()
        .create(CustomerCreateParams.builder().setEmail("ann@example.org").build());
  }

  private PaymentMethod createCard(String number) throws StripeException {
    return createCard(number, 12, 2034);
  }

  private PaymentMethod createCard(String number, long month, long year) throws StripeException {
    return client()
        .v1()
        .paymentMethods()
        .create(
            PaymentMethodCreateParams.builder()
                .setType(PaymentMethodCreateParams.Type.CARD)
                .setCard(
                    PaymentMethodCreateParams.CardDetails.builder()
                        .setNumber(number)
                        .setExpMonth(month)
                        .setExpYear(year)
                        .setCvc("123")
                        .build())
                .setBillingDetails(
                    PaymentMethodCreateParams.BillingDetails.builder().setName("Ann").build())
                .build());
  }

  private PaymentMethod attach(String method, Customer customer) throws StripeException {
    return client()
        .v1()
        .paymentMethods()
        .attach(method, PaymentMethodAttachParams.builder().setCustomer(customer.getId()).build());
  }

  private int listed(Customer customer) throws StripeException {
    return client()
        .v1()
        .paymentMethods()
        .list(
            PaymentMethodListParams.builder()
                .setCustomer(customer.getId())
                .setType(PaymentMethodListParams.Type.CARD)
                .build())
        .getData()
        .size();
  }

  private static PaymentIntentCreateParams.Builder intent(String method) {
    return PaymentIntentCreateParams.builder()
        .setAmount(2_000L)
        .setCurrency("cad")
        .addPaymentMethodType("card")
        .setPaymentMethod(method)
        .setConfirm(true);
  }

  private PaymentIntent pay(String method, @Nullable Customer customer) throws StripeException {
    PaymentIntentCreateParams.Builder params = intent(method);
    if (customer != null) {
      params.setCustomer(customer.getId());
    }
    return client().v1().paymentIntents().create(params.build());
  }
}
