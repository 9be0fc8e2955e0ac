package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.api.Addresses;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.products.Prices;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads the parameters with which accounts are created and updated. */
final class AccountParams {
  private static final List<String> PROFILE =
      List.of("mcc", "name", "product_description", "support_email", "support_phone");

  private AccountParams() {}

  static void read(Params params, StripeObject account, long now) {
    ObjectNode body = account.body();
    put(body, "email", params.textOrEmpty("email"));
    String type =
        params.oneOf("business_type", "company", "government_entity", "individual", "non_profit");
    if (type != null) {
      body.put("business_type", type);
    }
    String currency = params.text("default_currency");
    if (currency != null) {
      String lower = currency.toLowerCase(Locale.ROOT);
      Prices.requireCurrency(lower, "default_currency");
      body.put("default_currency", lower);
    }
    readProfile(params, body.withObjectProperty("business_profile"));
    readCompany(params, body);
    readTerms(params, account);
    readSettings(params, account);
    Capabilities.read(params, account, now);
    Metadata.merge(params, body);
  }

  private static void readProfile(Params params, ObjectNode profile) {
    Params given = params.childOrEmpty("business_profile");
    for (String field : PROFILE) {
      put(profile, field, given.textOrEmpty(field));
    }
    for (String field : List.of("support_url", "url")) {
      String url = given.url(field);
      if (url != null) {
        profile.put(field, url);
      }
    }
  }

  private static void readCompany(Params params, ObjectNode body) {
    Params given = params.child("company");
    if (given == null) {
      return;
    }
    ObjectNode company = body.withObjectProperty("company");
    put(company, "name", given.textOrEmpty("name"));
    put(company, "phone", given.textOrEmpty("phone"));
    ObjectNode address = Addresses.address(given);
    if (address != null) {
      company.set("address", address);
    }
    company.put(
        "tax_id_provided",
        given.text("tax_id") != null || company.path("tax_id_provided").asBoolean(false));
  }

  private static void readTerms(Params params, StripeObject account) {
    Params given = params.childOrEmpty("tos_acceptance");
    ObjectNode terms = account.body().withObjectProperty("tos_acceptance");
    String agreement = given.oneOf("service_agreement", "full", "recipient");
    if (agreement != null) {
      terms.put("service_agreement", agreement);
    }
    Long date = given.integer("date");
    String ip = given.text("ip");
    if (date == null && ip == null) {
      return;
    }
    if (!Controllers.collectsRequirements(account)) {
      throw StripeRefusal.invalid(
          null,
          given.full("date"),
          "You cannot accept the Terms of Service on behalf of accounts whose requirements Stripe collects.");
    }
    if (date == null || ip == null) {
      throw StripeRefusal.missing(given.full(date == null ? "date" : "ip"));
    }
    terms.put("date", date);
    terms.put("ip", ip);
  }

  private static void readSettings(Params params, StripeObject account) {
    Params given = params.childOrEmpty("settings");
    put(
        account.body().withObjectProperty("settings").withObjectProperty("payments"),
        "statement_descriptor",
        given.childOrEmpty("payments").textOrEmpty("statement_descriptor"));
    readPayouts(given.childOrEmpty("payouts"), account);
  }

  /** Reads what the settings of accounts and balance settings have in common. */
  static void readPayouts(Params payouts, StripeObject account) {
    ObjectNode settings = Accounts.payoutSettings(account);
    put(settings, "statement_descriptor", payouts.textOrEmpty("statement_descriptor"));
    readDebitNegativeBalances(payouts, account);
    PayoutSchedules.read(payouts, account);
  }

  static void readDebitNegativeBalances(Params parent, StripeObject account) {
    Boolean debit = parent.flag("debit_negative_balances");
    if (debit != null) {
      Accounts.payoutSettings(account).put("debit_negative_balances", debit);
    }
  }

  private static void put(ObjectNode target, String field, @Nullable String value) {
    if (value != null) {
      target.put(field, value.isEmpty() ? null : value);
    }
  }
}
