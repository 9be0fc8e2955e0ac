package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import io.cpdevents.platform.test.AtOnce;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaidCheckoutIT extends RunningSandbox {

  @Test
  void a_paid_session_has_a_charge_at_once_and_its_fee_a_moment_later() throws Exception {
    lever("PUT", "webhook-faults", "{}");
    Customer customer =
        client()
            .v1()
            .customers()
            .create(CustomerCreateParams.builder().setEmail("ann@example.org").build());
    Session session =
        client()
            .v1()
            .checkout()
            .sessions()
            .create(sessionOf(12_550).setCustomer(customer.getId()).build());
    assertThat(session.getStatus()).isEqualTo("open");
    assertThat(session.getPaymentIntent()).isNull();
    assertThat(session.getUrl()).contains("/c/pay/" + session.getId());

    assertThat(pay(session, PAYS).json().get("payment_status").asString()).isEqualTo("paid");

    await().atMost(MAX_WAIT_TIME).until(() -> !RECEIVER.events("charge.updated").isEmpty());
    Charge atOnce = (Charge) told("charge.succeeded");
    assertThat(atOnce.getBalanceTransaction()).isNull();
    assertThat(atOnce.getTransferGroup()).isEqualTo("payment-1");
    Charge later = (Charge) told("charge.updated");
    assertThat(later.getBalanceTransaction()).startsWith("txn_");
    Session completed = (Session) told("checkout.session.completed");
    assertThat(completed.getPaymentStatus()).isEqualTo("paid");
    assertThat(completed.getCustomerDetails().getEmail()).isEqualTo("ann@example.org");
    PaymentIntent intent = (PaymentIntent) told("payment_intent.succeeded");
    assertThat(intent.getMetadata()).containsEntry("paymentId", "payment-1");
    assertThat(intent.getAmountReceived()).isEqualTo(12_550);
    BalanceTransaction transaction =
        client().v1().balanceTransactions().retrieve(later.getBalanceTransaction());
    // 2.9 % of 125.50 is 3.6395, half up 3.64, and 0.30.
    assertThat(transaction.getFee()).isEqualTo(394);
    assertThat(transaction.getNet()).isEqualTo(12_156);
    assertThat(transaction.getStatus()).isEqualTo("pending");
    assertThat(transaction.getSource()).isEqualTo(later.getId());
    assertThat(RECEIVER.badSignatures()).isEmpty();
  }

  private static Object told(String type) {
    await().atMost(MAX_WAIT_TIME).until(() -> !RECEIVER.events(type).isEmpty());
    Event event = RECEIVER.events(type).getFirst();
    return event.getDataObjectDeserializer().getObject().orElseThrow();
  }

  @Test
  void everything_can_be_expanded_from_the_session() throws Exception {
    Session session = createSession(5_000);
    pay(session, PAYS);
    settledCharge(session);

    Session expanded =
        client()
            .v1()
            .checkout()
            .sessions()
            .retrieve(
                session.getId(),
                SessionRetrieveParams.builder()
                    .addExpand("line_items")
                    .addExpand("payment_intent.latest_charge.balance_transaction")
                    .build());

    assertThat(expanded.getLineItems().getData().getFirst().getDescription()).isEqualTo("A ticket");
    Charge charge = expanded.getPaymentIntentObject().getLatestChargeObject();
    assertThat(charge.getBalanceTransactionObject().getNet()).isEqualTo(5_000 - 145 - 30);
    List<Session> found =
        client()
            .v1()
            .checkout()
            .sessions()
            .list(SessionListParams.builder().setPaymentIntent(expanded.getPaymentIntent()).build())
            .getData();
    assertThat(found).extracting(Session::getId).containsExactly(session.getId());
  }

  @Test
  void a_declined_card_leaves_the_session_open_for_another_one() throws Exception {
    Session session = createSession(5_000);

    Answer declined = pay(session, DECLINED);

    assertThat(declined.status()).isEqualTo(402);
    assertThat(declined.json().get("error").get("decline_code").asString())
        .isEqualTo("generic_decline");
    PaymentIntent intent = intentOf(session);
    assertThat(intent.getStatus()).isEqualTo("requires_payment_method");
    assertThat(intent.getLastPaymentError().getDeclineCode()).isEqualTo("generic_decline");
    assertThat(chargeOf(intent).getStatus()).isEqualTo("failed");
    assertThat(pay(session, "4000 0000 0000 9995").status()).isEqualTo(402);
    assertThat(pay(session, PAYS).status()).isEqualTo(200);
    assertThat(intentOf(session).getId()).isEqualTo(intent.getId());
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> RECEIVER.events("payment_intent.payment_failed").size() == 2);
    assertThat(settledCharge(session).getStatus()).isEqualTo("succeeded");
  }

  @Test
  void two_people_who_pay_at_once_make_one_charge() throws Exception {
    Session session = createSession(5_000);

    List<Answer> answers = AtOnce.times(6, () -> pay(session, PAYS));

    assertThat(answers).extracting(Answer::status).containsOnly(200, 400).containsOnlyOnce(200);
    assertThat(client().v1().charges().list().getData()).hasSize(1);
  }

  @Test
  void a_person_pays_on_the_page_and_comes_back_to_the_shop() throws Exception {
    Session session = createSession(12_550);

    Answer page = page(session, "", null);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("CAD 125.50").contains("A ticket");
    Answer declined = page(session, "", "card=4000000000000002&email=a%40example.org");
    assertThat(declined.status()).isEqualTo(402);
    assertThat(declined.body()).contains("Your card was declined.");
    Answer paid = page(session, "", "card=4242+4242+4242+4242&email=a%40example.org&name=Ann");

    assertThat(paid.status()).isEqualTo(303);
    assertThat(paid.response().headers().firstValue("Location"))
        .contains("https://shop.example/thanks?session=" + session.getId());
    Session now = client().v1().checkout().sessions().retrieve(session.getId());
    assertThat(now.getCustomerDetails().getEmail()).isEqualTo("a@example.org");
    assertThat(now.getUrl()).isNull();
    assertThat(page(session, "", null).status()).isEqualTo(303);
  }

  @Test
  void after_a_decline_the_card_is_empty_and_the_rest_stays() throws Exception {
    Session session = createSession(12_550);
    assertThat(page(session, "", null).body()).contains("value=\"4242 4242 4242 4242\"");

    Answer declined =
        page(session, "", "card=4000000000000002&email=a%40example.org&name=Ann+%22A%22");

    assertThat(declined.body())
        .contains("<p role=\"alert\" id=\"declined\">Your card was declined.</p>")
        .contains("name=\"card\" value=\"\"", "aria-describedby=\"declined\"")
        .contains("value=\"a@example.org\"", "value=\"Ann &quot;A&quot;\"")
        .doesNotContain("value=\"4242");
  }

  @Test
  void each_line_item_is_told_with_its_number_and_price() throws Exception {
    LineItem students =
        LineItem.builder()
            .setQuantity(2L)
            .setPriceData(
                PriceData.builder()
                    .setCurrency("cad")
                    .setUnitAmount(2_500L)
                    .setProductData(
                        PriceData.ProductData.builder().setName("A student's <ticket>").build())
                    .build())
            .build();
    Session session =
        client().v1().checkout().sessions().create(sessionOf(5_000).addLineItem(students).build());

    String page = page(session, "", null).body();

    assertThat(page)
        .contains("<tr><td>1 × <bdi>A ticket</bdi><td>CAD 50.00")
        .contains("<tr><td>2 × <bdi>A student&#39;s &lt;ticket&gt;</bdi><td>CAD 50.00")
        .contains("Pay CAD 100.00");
  }

  @Test
  void a_card_may_ask_for_authentication_first() throws Exception {
    Session session = createSession(5_000);
    String card = "card=4000000000003220&email=a%40example.org";

    assertThat(page(session, "", card).status()).isEqualTo(303);
    assertThat(intentOf(session).getStatus()).isEqualTo("requires_action");
    assertThat(page(session, "", null).body()).contains("Complete authentication");
    Answer failed = page(session, "/authentication", "outcome=fail");
    assertThat(failed.status()).isEqualTo(402);
    assertThat(intentOf(session).getLastPaymentError().getCode())
        .isEqualTo("payment_intent_authentication_failure");
    page(session, "", card);
    Answer passed = page(session, "/authentication", "outcome=complete");

    assertThat(passed.status()).isEqualTo(303);
    assertThat(intentOf(session).getStatus()).isEqualTo("succeeded");
  }

  @Test
  void a_session_expires_after_half_an_hour_to_a_day() throws Exception {
    long now = Instant.now().getEpochSecond();
    for (long refused : new long[] {now + 29 * 60, now + 25 * 3_600}) {
      assertThatThrownBy(() -> createUntil(refused))
          .isInstanceOfSatisfying(
              InvalidRequestException.class, e -> assertThat(e.getParam()).isEqualTo("expires_at"));
    }
    Session session = createUntil(now + 31 * 60);

    lever("POST", "clock/advance", "{\"seconds\": 1850}");
    assertThat(pay(createUntilLater(session), PAYS).status()).isEqualTo(200);
    lever("POST", "clock/advance", "{\"seconds\": 20}");

    assertThat(client().v1().checkout().sessions().retrieve(session.getId()).getStatus())
        .isEqualTo("expired");
    assertThat(pay(session, PAYS).status()).isEqualTo(400);
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> !RECEIVER.events("checkout.session.expired").isEmpty());
  }

  private Session createUntil(long expiresAt) throws StripeException {
    return client()
        .v1()
        .checkout()
        .sessions()
        .create(sessionOf(5_000).setExpiresAt(expiresAt).build());
  }

  /** The lifetime counts from the session's own creation, on the sandbox's clock. */
  private Session createUntilLater(Session first) throws StripeException {
    return createUntil(first.getExpiresAt() + 31 * 60);
  }

  @Test
  void an_open_session_can_be_expired_and_a_paid_one_cannot() throws Exception {
    Session open = createSession(5_000);
    pay(open, DECLINED);
    Session expired = client().v1().checkout().sessions().expire(open.getId());
    assertThat(expired.getStatus()).isEqualTo("expired");
    assertThat(intentOf(open).getStatus()).isEqualTo("canceled");
    Session paid = createSession(5_000);
    pay(paid, PAYS);

    assertThatThrownBy(() -> client().v1().checkout().sessions().expire(paid.getId()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("has a status of `complete`");
    assertThatThrownBy(() -> client().v1().checkout().sessions().expire(open.getId()))
        .hasMessageContaining("has a status of `expired`");
    assertThatThrownBy(() -> client().v1().paymentIntents().cancel(intentOf(paid).getId()))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void a_payment_in_processing_succeeds_although_the_place_has_expired() throws Exception {
    Session session = createSession(5_000);

    Answer answer =
        lever(
            "POST",
            "checkout-sessions/" + session.getId() + "/pay",
            "{\"card\": \"4242424242424242\", \"captureDelayMs\": 60000}");

    assertThat(answer.json().get("status").asString()).isEqualTo("complete");
    assertThat(answer.json().get("payment_status").asString()).isEqualTo("unpaid");
    PaymentIntent intent = intentOf(session);
    assertThat(intent.getStatus()).isEqualTo("processing");
    assertThatThrownBy(() -> client().v1().checkout().sessions().expire(session.getId()))
        .isInstanceOf(InvalidRequestException.class);
    lever("POST", "clock/advance", "{\"seconds\": 3600}");
    lever(
        "POST",
        "payment-intents/" + intent.getId() + "/processing-outcome",
        "{\"outcome\": \"succeeded\"}");
    assertThat(client().v1().checkout().sessions().retrieve(session.getId()).getPaymentStatus())
        .isEqualTo("paid");
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> !RECEIVER.events("checkout.session.async_payment_succeeded").isEmpty());
    assertThat(settledCharge(session).getStatus()).isEqualTo("succeeded");
  }

  @Test
  void a_payment_in_processing_succeeds_or_fails_later() throws Exception {
    Session slow = createSession(5_000);
    lever("POST", "checkout-sessions/" + slow.getId() + "/pay", "{\"captureDelayMs\": 100}");
    assertThat(settledCharge(slow).getStatus()).isEqualTo("succeeded");
    Session refused = createSession(5_000);
    lever("POST", "checkout-sessions/" + refused.getId() + "/pay", "{\"captureDelayMs\": 60000}");

    lever(
        "POST",
        "payment-intents/" + intentOf(refused).getId() + "/processing-outcome",
        "{\"outcome\": \"failed\"}");

    assertThat(intentOf(refused).getStatus()).isEqualTo("requires_payment_method");
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> !RECEIVER.events("checkout.session.async_payment_failed").isEmpty());
  }

  @Test
  void an_abandoned_session_expires_at_once() throws Exception {
    Session session = createSession(5_000);

    lever("POST", "checkout-sessions/" + session.getId() + "/abandon", "");

    assertThat(client().v1().checkout().sessions().retrieve(session.getId()).getStatus())
        .isEqualTo("expired");
  }
}
