package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.annotations.SerializedName;
import com.stripe.model.Account;
import com.stripe.model.AccountLink;
import com.stripe.model.Balance;
import com.stripe.model.BalanceSettings;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.BankAccount;
import com.stripe.model.Capability;
import com.stripe.model.Charge;
import com.stripe.model.CreditNote;
import com.stripe.model.Customer;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.ExpandableField;
import com.stripe.model.File;
import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.LoginLink;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.model.Payout;
import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.model.Refund;
import com.stripe.model.SetupIntent;
import com.stripe.model.StripeCollection;
import com.stripe.model.StripeObject;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.SubscriptionSchedule;
import com.stripe.model.Topup;
import com.stripe.model.Transfer;
import com.stripe.model.TransferReversal;
import com.stripe.model.WebhookEndpoint;
import com.stripe.model.checkout.Session;
import com.stripe.model.radar.EarlyFraudWarning;
import com.stripe.param.FileCreateParams;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every field the sandbox shows is one of Stripe's models, of the right kind. */
class ShapesIT extends RunningSandbox {
  /** Stripe shows these only when they are expanded, preview features are on, or they are set. */
  private static final Map<Class<?>, Set<String>> SHOWN_SOMETIMES =
      Map.ofEntries(
          Map.entry(
              Customer.class,
              Set.of(
                  "business_name",
                  "cash_balance",
                  "deleted",
                  "individual_name",
                  "invoice_credit_balance",
                  "sources",
                  "subscriptions",
                  "tax",
                  "tax_ids")),
          Map.entry(
              Session.class,
              Set.of(
                  "branding_settings",
                  "excluded_payment_method_types",
                  "line_items",
                  "managed_payments",
                  "name_collection",
                  "optional_items",
                  "presentment_details",
                  "redirect_on_completion",
                  "return_url",
                  "tax_id_collection")),
          Map.entry(
              PaymentIntent.class,
              Set.of(
                  "allowed_payment_method_types",
                  "hooks",
                  "managed_payments",
                  "payment_details",
                  "presentment_details")),
          Map.entry(
              Charge.class,
              Set.of("authorization_code", "level3", "presentment_details", "refunds", "transfer")),
          Map.entry(
              Refund.class,
              Set.of(
                  "customer",
                  "customer_account",
                  "description",
                  "failure_balance_transaction",
                  "failure_reason",
                  "instructions_email",
                  "next_action",
                  "payment_method",
                  "pending_reason",
                  "presentment_details")),
          Map.entry(
              Balance.class,
              Set.of(
                  "connect_reserved",
                  "instant_available",
                  "issuing",
                  "refund_and_dispute_prefunding")),
          Map.entry(Event.class, Set.of("account", "context")),
          Map.entry(Account.class, Set.of("company", "deleted", "individual")),
          Map.entry(BankAccount.class, Set.of("customer", "deleted")),
          Map.entry(
              SetupIntent.class,
              Set.of("allowed_payment_method_types", "attach_to_self", "managed_payments")),
          Map.entry(EarlyFraudWarning.class, Set.of("payment_intent")),
          Map.entry(WebhookEndpoint.class, Set.of("deleted", "secret")),
          Map.entry(
              Invoice.class,
              Set.of(
                  "amount_paid_off_stripe",
                  "confirmation_secret",
                  "deleted",
                  "payments",
                  "threshold_reason")),
          Map.entry(
              Subscription.class,
              Set.of("billing_schedules", "managed_payments", "presentment_details")),
          Map.entry(SubscriptionItem.class, Set.of("deleted")),
          Map.entry(Product.class, Set.of("deleted")),
          Map.entry(Price.class, Set.of("currency_options", "deleted", "tiers")),
          // Stripe shows only the details of the method's own type.
          Map.entry(
              PaymentMethod.class,
              fields(PaymentMethod.class).entrySet().stream()
                  .filter(field -> StripeObject.class.isAssignableFrom(field.getValue().getType()))
                  .map(Map.Entry::getKey)
                  .collect(Collectors.toSet())));

  @Test
  void every_field_is_known_to_stripes_models() throws Exception {
    assertThat(send(form("/v1/customers", "email=a%40b.ca&address[city]=Berne")).status())
        .isEqualTo(200);
    Charge charge = paidCharge(5_000, PAYS);
    Session declined = createSession(5_000);
    pay(declined, DECLINED);
    assertThat(send(form("/v1/refunds", "charge=" + charge.getId())).status()).isEqualTo(200);
    makeOneOfEachKind();

    check("/v1/customers", Customer.class);
    check("/v1/checkout/sessions?expand%5B%5D=data.line_items", Session.class);
    check("/v1/payment_intents?expand%5B%5D=data.payment_method", PaymentIntent.class);
    check("/v1/charges?expand%5B%5D=data.refunds", Charge.class);
    check("/v1/refunds", Refund.class);
    check("/v1/balance_transactions", BalanceTransaction.class);
    check("/v1/disputes?expand%5B%5D=data.charge", Dispute.class);
    check("/v1/files", File.class);
    check("/v1/radar/early_fraud_warnings", EarlyFraudWarning.class);
    check("/v1/webhook_endpoints", WebhookEndpoint.class);
    check("/v1/setup_intents?expand%5B%5D=data.payment_method", SetupIntent.class);
    check("/v1/products", Product.class);
    check("/v1/prices", Price.class);
    lever("POST", "clock/advance", "{\"seconds\": 90000}");
    lever("POST", "clock/advance", "{\"seconds\": 3700}");
    check("/v1/subscriptions?expand%5B%5D=data.customer", Subscription.class);
    check("/v1/invoices", Invoice.class);
    check("/v1/invoice_payments", InvoicePayment.class);
    creditSomething();
    check("/v1/credit_notes", CreditNote.class);
    changeSubscription();
    check("/v1/invoices?expand%5B%5D=data.payments", Invoice.class);
    check("/v1/subscription_schedules?expand%5B%5D=data.subscription", SubscriptionSchedule.class);
    makeOneOfEachKindOfConnect();
    check("/v1/events?limit=100", Event.class);
    List<String> faults = new ArrayList<>();
    compare(send(api("/v1/balance")).json(), Balance.class, "balance", faults);
    compare(
        send(api("/v1/balance_settings")).json(),
        BalanceSettings.class,
        "balance_settings",
        faults);
    assertThat(faults).isEmpty();
  }

  private void makeOneOfEachKind() throws Exception {
    String charge =
        taken(form("/v1/charges", "amount=5000&currency=cad&source=tok_visa")).get("id").asString();
    taken(form("/v1/charges", "amount=5000&currency=cad&source=tok_visa&capture=false"));
    lever("PUT", "settings", "{\"refundsNeedAction\": true}");
    taken(
        form(
            "/v1/refunds",
            "charge=" + charge + "&amount=100&instructions_email=ann%40example.org"));
    lever("PUT", "settings", "{}");
    JsonNode dispute = lever("POST", "charges/" + charge + "/disputes", "{}").json();
    lever("POST", "charges/" + charge + "/disputes", "{\"inquiry\": true}");
    lever("POST", "charges/" + charge + "/fraud-warnings", "");
    taken(
        form(
            "/v1/disputes/" + dispute.get("id").asString(),
            "evidence[customer_name]=Ann&metadata[a]=1"));
    lever(
        "POST", "disputes/" + dispute.get("id").asString() + "/decision", "{\"outcome\": \"won\"}");
    client()
        .v1()
        .files()
        .create(
            FileCreateParams.builder()
                .setPurpose(FileCreateParams.Purpose.DISPUTE_EVIDENCE)
                .setFile(new ByteArrayInputStream(new byte[] {0x25, 0x50, 0x44, 0x46}))
                .build());
    lever(
        "PUT",
        "webhook-endpoints",
        "{\"url\": \"%s\", \"secret\": \"%s\", \"events\": [\"file.created\"]}"
            .formatted(RECEIVER.url(), WebhookReceiver.SECRET));
    taken(form("/v1/setup_intents", "payment_method=pm_card_visa&confirm=true"));
    taken(form("/v1/setup_intents", "payment_method=pm_card_authenticationRequired&confirm=true"));
    String product = taken(form("/v1/products", "name=Course")).get("id").asString();
    taken(form("/v1/prices", "unit_amount=100&currency=eur&product=" + product));
    String plan =
        taken(
                form(
                    "/v1/prices",
                    "unit_amount=9900&currency=cad&recurring[interval]=month&product=" + product))
            .get("id")
            .asString();
    JsonNode customer = taken(form("/v1/customers", "name=Ann"));
    String card =
        taken(form("/v1/payment_methods", "type=card&card[token]=tok_visa")).get("id").asString();
    taken(
        form(
            "/v1/payment_methods/" + card + "/attach",
            "customer=" + customer.get("id").asString()));
    taken(
        form(
            "/v1/subscriptions",
            "trial_period_days=1&default_payment_method="
                + card
                + "&trial_settings[end_behavior][missing_payment_method]=cancel&items[0][price]="
                + plan
                + "&customer="
                + customer.get("id").asString()));
    String method =
        taken(form("/v1/payment_methods", "type=sepa_debit&sepa_debit[iban]=AT611904300234573201"))
            .get("id")
            .asString();
    taken(
        form(
            "/v1/payment_methods/" + method + "/attach",
            "customer=" + customer.get("id").asString()));
    check("/v1/payment_methods?customer=" + customer.get("id").asString(), PaymentMethod.class);
    taken(
        form(
            "/v1/payment_intents",
            "amount=5000&currency=eur&payment_method_types[]=sepa_debit&confirm=true&payment_method="
                + method
                + "&customer="
                + customer.get("id").asString()
                + "&shipping[name]=Ann&shipping[address][line1]=1+Main+Street"));
  }

  private void creditSomething() {
    JsonNode subscription = send(api("/v1/subscriptions")).json().get("data").get(0);
    check(
        "/v1/subscription_items?subscription=" + subscription.get("id").asString(),
        SubscriptionItem.class);
    String paid =
        send(api("/v1/invoices?status=paid")).json().get("data").get(0).get("id").asString();
    assertThat(
            lever("POST", "invoices/" + paid + "/credit-notes", "{\"amountMinor\": 100}").status())
        .isEqualTo(200);
  }

  /** Leaves a change that waits, in the phase of a schedule. */
  private void changeSubscription() {
    JsonNode subscription = send(api("/v1/subscriptions")).json().get("data").get(0);
    String id = subscription.get("id").asString();
    JsonNode price = subscription.get("items").get("data").get(0).get("price");
    taken(form("/v1/subscription_schedules", "from_subscription=" + id));
    lever(
        "POST",
        "payment-methods/" + subscription.get("default_payment_method").asString() + "/behaviour",
        "{\"decline\": \"insufficient_funds\"}");
    String other =
        taken(
                form(
                    "/v1/prices",
                    "unit_amount=19900&currency=cad&recurring[interval]=month&product="
                        + price.get("product").asString()))
            .get("id")
            .asString();
    JsonNode changed =
        taken(
            form(
                "/v1/subscriptions/" + id,
                "proration_behavior=always_invoice&payment_behavior=pending_if_incomplete&items[0][id]="
                    + subscription.get("items").get("data").get(0).get("id").asString()
                    + "&items[0][price]="
                    + other));
    assertThat(changed.get("pending_update").isObject()).isTrue();
  }

  private void makeOneOfEachKindOfConnect() {
    String account =
        taken(
                form(
                    "/v1/accounts",
                    "type=express&business_type=company&company[name]=Academy&capabilities[transfers][requested]=true"))
            .get("id")
            .asString();
    lever("POST", "accounts/" + account + "/onboarding", "");
    taken(form("/v1/topups", "amount=500000&currency=cad"));
    String transfer =
        taken(form("/v1/transfers", "amount=3000&currency=cad&destination=" + account))
            .get("id")
            .asString();
    taken(form("/v1/transfers/" + transfer + "/reversals", "amount=100"));
    taken(form("/v1/payouts", "amount=1000&currency=cad").header("Stripe-Account", account));
    List<String> faults = new ArrayList<>();
    compare(
        taken(
            form(
                "/v1/account_links",
                "type=account_onboarding&refresh_url=https%3A%2F%2Fa.b&return_url=https%3A%2F%2Fa.b&account="
                    + account)),
        AccountLink.class,
        "account_link",
        faults);
    compare(
        taken(form("/v1/accounts/" + account + "/login_links", "")),
        LoginLink.class,
        "login_link",
        faults);
    assertThat(faults).isEmpty();

    check("/v1/accounts", Account.class);
    check("/v1/accounts/" + account + "/external_accounts", BankAccount.class);
    check("/v1/accounts/" + account + "/capabilities", Capability.class);
    check("/v1/topups", Topup.class);
    check("/v1/transfers?expand%5B%5D=data.destination_payment", Transfer.class);
    check("/v1/transfers/" + transfer + "/reversals", TransferReversal.class);
    check("/v1/payouts?expand%5B%5D=data.destination", Payout.class, account);
    check("/v1/charges", Charge.class, account);
    check("/v1/refunds", Refund.class, account);
    check("/v1/balance_transactions", BalanceTransaction.class, account);
    check("/v1/events?limit=100", Event.class, account);
  }

  private static JsonNode taken(HttpRequest.Builder request) {
    Answer answer = send(request);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private void check(String path, Class<?> model) {
    check(model, api(path));
  }

  private void check(String path, Class<?> model, String account) {
    check(model, api(path).header("Stripe-Account", account));
  }

  private static void check(Class<?> model, HttpRequest.Builder request) {
    JsonNode list = send(request).json();
    List<String> faults = new ArrayList<>();
    assertThat(list.get("data")).isNotEmpty();
    for (JsonNode element : list.get("data").values()) {
      compare(element, model, model.getSimpleName(), faults);
      Set<String> missing =
          fields(model).keySet().stream()
              .filter(field -> !element.has(field))
              .filter(field -> !SHOWN_SOMETIMES.getOrDefault(model, Set.of()).contains(field))
              .collect(Collectors.toSet());
      assertThat(missing).as("fields of %s that Stripe always shows", model).isEmpty();
    }
    assertThat(faults).isEmpty();
  }

  private static void compare(JsonNode node, Class<?> model, String where, List<String> faults) {
    Map<String, Field> fields = fields(model);
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      Field field = fields.get(property.getKey());
      String path = where + "." + property.getKey();
      if (field == null) {
        faults.add(path + " is no field of " + model.getName());
      } else if (!property.getValue().isNull()) {
        compareValue(property.getValue(), field.getGenericType(), path, faults);
      }
    }
  }

  private static void compareValue(JsonNode value, Type type, String path, List<String> faults) {
    if (type instanceof ParameterizedType parameterized) {
      Class<?> raw = (Class<?>) parameterized.getRawType();
      Type inside = parameterized.getActualTypeArguments()[0];
      if (raw == ExpandableField.class) {
        if (value.isObject() && inside instanceof Class<?> model && !model.isInterface()) {
          compare(value, model, path, faults);
        }
      } else if (raw == List.class) {
        value.values().forEach(element -> compareValue(element, inside, path + "[]", faults));
      }
      return;
    }
    Class<?> model = (Class<?>) type;
    boolean fits =
        switch (model.getSimpleName()) {
          case "Long" -> value.isIntegralNumber();
          case "String" -> value.isString();
          case "Boolean" -> value.isBoolean();
          default -> true;
        };
    if (!fits) {
      faults.add(path + " is not a " + model.getSimpleName() + ": " + value);
    } else if (StripeCollection.class.isAssignableFrom(model)) {
      ParameterizedType list = (ParameterizedType) model.getGenericSuperclass();
      value
          .get("data")
          .values()
          .forEach(e -> compareValue(e, list.getActualTypeArguments()[0], path + "[]", faults));
    } else if (StripeObject.class.isAssignableFrom(model)) {
      compare(value, model, path, faults);
    }
  }

  private static Map<String, Field> fields(Class<?> model) {
    List<Field> all = new ArrayList<>();
    for (Class<?> c = model; c != Object.class; c = c.getSuperclass()) {
      all.addAll(Arrays.asList(c.getDeclaredFields()));
    }
    return all.stream()
        .filter(field -> field.isAnnotationPresent(SerializedName.class))
        .collect(
            Collectors.toMap(
                field -> field.getAnnotation(SerializedName.class).value(), field -> field));
  }
}
