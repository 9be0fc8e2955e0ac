package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.AuthenticationException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.model.Customer;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.common.EmptyParam;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ErrorsIT extends RunningSandbox {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v1/customers         | nonsense=1                     | parameter_unknown         | nonsense
          /v1/customers         | email[a]=1                     | parameter_invalid_string  | email
          /v1/customers         | email=nobody                   | email_invalid             | email
          /v1/checkout/sessions | a=1                            | parameter_missing         | mode
          /v1/checkout/sessions | mode=payment                   | parameter_missing         | line_items
          /v1/checkout/sessions | mode=payment&line_items[0][quantity]=1 | parameter_missing | line_items[0][price_data]
          /v1/checkout/sessions | mode=payment&line_items[0][quantity]=x&line_items[0][price_data][currency]=cad&line_items[0][price_data][unit_amount]=1 | parameter_invalid_integer | line_items[0][quantity]
          /v1/checkout/sessions | mode=payment&success_url=nowhere&line_items[0][price_data][currency]=cad&line_items[0][price_data][unit_amount]=100&line_items[0][price_data][product_data][name]=T | url_invalid | success_url
          /v1/checkout/sessions | mode=payment&success_url=http://a.b/&line_items[0][price_data][currency]=cad&line_items[0][price_data][unit_amount]=49&line_items[0][price_data][product_data][name]=T | amount_too_small | line_items
          /v1/checkout/sessions | mode=payment&success_url=http://a.b/&line_items[0][price_data][currency]=kwd&line_items[0][price_data][unit_amount]=5124&line_items[0][price_data][product_data][name]=T | invalid_charge_amount_no_decimal_compatible | line_items
          /v1/checkout/sessions | mode=payment&success_url=http://a.b/&customer=cus_none&line_items[0][price_data][currency]=cad&line_items[0][price_data][unit_amount]=100&line_items[0][price_data][product_data][name]=T | resource_missing | customer
          /v1/checkout/sessions | mode=payment&success_url=http://a.b/&line_items[0][price_data][currency]=cad&line_items[0][price_data][unit_amount]=100&line_items[0][price_data][product_data][name]=T&line_items[0][tax_rates][0]=x | parameter_unknown | line_items[0][tax_rates]
          /v1/refunds           | amount=1                       | parameter_missing         | payment_intent
          /v1/refunds           | charge=ch_none                 | resource_missing          | charge
          /v1/payment_intents   | amount=100                     | parameter_missing         | currency
          """)
  void a_bad_parameter_is_refused_by_name(String path, String body, String code, String param) {
    Answer answer = send(form(path, body));

    assertThat(answer.status()).isEqualTo(400);
    JsonNode error = answer.json().get("error");
    assertThat(error.get("code").asString()).isEqualTo(code);
    assertThat(error.get("param").asString()).isEqualTo(param);
    assertThat(error.get("type").asString()).isEqualTo("invalid_request_error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v1/customers/cus_none            | 404
          /v1/charges/ch_none               | 404
          /v1/payment_intents/pi_none       | 404
          /v1/refunds/re_none               | 404
          /v1/events/evt_none               | 404
          /v1/balance_transactions/txn_none | 404
          /v1/checkout/sessions/cs_none     | 404
          /v1/nonsense                      | 404
          /v1/customers?limit=0             | 400
          /v1/customers?limit=101           | 400
          /v1/customers?created[gte]=x      | 400
          /v1/customers?created[near]=1     | 400
          /v1/customers?starting_after=none | 400
          /v1/customers?%ZZ=1               | 400
          /v1/balance?a[b][c][d][e][f][g][h][i]=1 | 400
          /v1/charges?expand[]=data.nonsense | 400
          """)
  void what_does_not_exist_is_refused(String path, int status) {
    Answer answer = send(api(path.replace("[", "%5B").replace("]", "%5D").replace("%ZZ", "%25ZZ")));

    // An empty list has nothing that could be expanded.
    assertThat(answer.status()).isEqualTo(path.contains("expand") ? 200 : status);
    assertThat(answer.response().headers().firstValue("Request-Id").orElseThrow())
        .startsWith("req_");
  }

  @Test
  void keys_versions_and_accounts_are_checked() {
    assertThatThrownBy(() -> client("sk_live_x").v1().customers().list())
        .isInstanceOf(AuthenticationException.class);
    assertThatThrownBy(() -> client("pk_test_x").v1().customers().list())
        .isInstanceOf(AuthenticationException.class);
    assertThatThrownBy(() ->
            client()
                .v1()
                .customers()
                .list(
                    CustomerListParams.builder().build(),
                    RequestOptions.builder().setStripeAccount("acct_none").build()))
        .isInstanceOfSatisfying(
            PermissionException.class, e -> assertThat(e.getCode()).isEqualTo("account_invalid"));
    assertThat(send(api("/v1/customers").header("Stripe-Version", "2024-01-01")).status())
        .isEqualTo(400);
    assertThat(
            send(api("/v1/customers")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}")))
                .status())
        .isEqualTo(400);
    assertThat(send(form("/v1/customers", "name=" + "x".repeat(1_100_000))).status())
        .isEqualTo(400);
    assertThat(send(api("/v1/customers").DELETE()).status()).isEqualTo(404);
  }

  @Test
  void lists_are_paged_newest_first_in_both_directions() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      ids.addFirst(
          client()
              .v1()
              .customers()
              .create(CustomerCreateParams.builder().setName("customer " + i).build())
              .getId());
    }
    List<String> found = new ArrayList<>();
    for (Customer customer :
        client()
            .v1()
            .customers()
            .list(CustomerListParams.builder().setLimit(10L).build())
            .autoPagingIterable()) {
      found.add(customer.getId());
    }
    assertThat(found).isEqualTo(ids);
    assertThat(
            client()
                .v1()
                .customers()
                .list(
                    CustomerListParams.builder().setLimit(3L).setEndingBefore(ids.get(10)).build())
                .getData())
        .extracting(Customer::getId)
        .containsExactly(ids.get(7), ids.get(8), ids.get(9));
  }

  @Test
  void what_a_refused_request_had_added_is_rolled_back() throws Exception {
    Answer refused = send(form("/v1/payment_intents", "amount=5000&currency=cad&confirm=true"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(client().v1().paymentIntents().list().getData()).isEmpty();
    assertThat(client().v1().events().list().getData()).isEmpty();
  }

  @Test
  void metadata_is_merged_and_fields_can_be_unset() throws Exception {
    Customer customer =
        client()
            .v1()
            .customers()
            .create(
                CustomerCreateParams.builder()
                    .setEmail("a@example.org")
                    .putMetadata("a", "1")
                    .putMetadata("b", "2")
                    .build());

    Customer updated =
        client()
            .v1()
            .customers()
            .update(
                customer.getId(),
                CustomerUpdateParams.builder()
                    .setName("Ann")
                    .setEmail(EmptyParam.EMPTY)
                    .putMetadata("a", "")
                    .putMetadata("c", "3")
                    .build());

    assertThat(updated.getMetadata()).containsOnlyKeys("b", "c");
    assertThat(updated.getEmail()).isNull();
    assertThat(client().v1().customers().retrieve(customer.getId()).getName()).isEqualTo("Ann");
    assertThatThrownBy(() ->
            client()
                .v1()
                .customers()
                .create(CustomerCreateParams.builder().putMetadata("k".repeat(41), "1").build()))
        .isInstanceOf(InvalidRequestException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST | clock/advance                | {"seconds": "x"}
          POST | clock/advance                | {"nonsense": 1}
          POST | clock/advance                | {"seconds": 999999999999}
          POST | refunds                      | {}
          PUT  | faults                       | [{"path": "/v1/a"}]
          PUT  | faults                       | [{"path": "{", "kind": "500"}]
          PUT  | faults                       | [{"path": "/v1/a", "kind": "nonsense"}]
          PUT  | webhook-faults               | {"nonsense": true}
          POST | webhooks/redeliver           | {}
          POST | payment-intents/pi_x/processing-outcome | {}
          """)
  void a_lever_refuses_unknown_fields(String method, String path, String body) {
    assertThat(lever(method, path, body).status()).isEqualTo(400);
  }
}
