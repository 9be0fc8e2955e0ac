package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeObject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Who is responsible for what in a connected account: its {@code controller} properties. */
final class Controllers {
  private static final String APPLICATION = "application";
  private static final String STRIPE = "stripe";
  private static final String NONE = "none";

  private Controllers() {}

  /** Reads {@code controller}, or the older {@code type} that stands for a combination of them. */
  static void read(Params params, StripeObject account) {
    String type = params.oneOf("type", "standard", "express", "custom");
    Params given = params.child("controller");
    if (type != null && given != null) {
      throw StripeRefusal.invalid(
          null, "type", "You may only specify one of these parameters: type, controller.");
    }
    if (given != null) {
      readProperties(given, account);
      return;
    }
    account.body().put("type", type == null ? "standard" : type);
    switch (type) {
      case "express" -> write(account, "application_express", APPLICATION, STRIPE, "express");
      case "custom" -> write(account, "application_custom", APPLICATION, APPLICATION, NONE);
      case null, default -> write(account, "account", STRIPE, STRIPE, "full");
    }
  }

  private static void readProperties(Params given, StripeObject account) {
    String fees = given.childOrEmpty("fees").oneOf("payer", "account", APPLICATION);
    String losses = given.childOrEmpty("losses").oneOf("payments", APPLICATION, STRIPE);
    String collection = given.oneOf("requirement_collection", APPLICATION, STRIPE);
    Params dashboard = given.childOrEmpty("stripe_dashboard");
    String type = dashboard.oneOf("type", "express", "full", NONE);
    if (APPLICATION.equals(collection) && !NONE.equals(type)) {
      throw StripeRefusal.invalid(
          null,
          dashboard.full("type"),
          "When the application collects requirements, the account has no Stripe Dashboard: stripe_dashboard[type] must be none.");
    }
    account.body().put("type", NONE);
    write(
        account, or(fees, "account"), or(losses, STRIPE), or(collection, STRIPE), or(type, "full"));
  }

  private static String or(@Nullable String given, String usual) {
    return given == null ? usual : given;
  }

  private static void write(
      StripeObject account, String fees, String losses, String collection, String dashboard) {
    ObjectNode controller = account.body().withObjectProperty("controller");
    controller.putObject("fees").put("payer", fees);
    controller.putObject("losses").put("payments", losses);
    controller.put("requirement_collection", collection);
    controller.putObject("stripe_dashboard").put("type", dashboard);
  }

  /** Whether the application, not Stripe, collects the requirements of this account. */
  static boolean collectsRequirements(StripeObject account) {
    return controller(account).path("requirement_collection").asString("").equals(APPLICATION);
  }

  /** The kind of Stripe Dashboard that the account has access to. */
  static String dashboard(StripeObject account) {
    return controller(account).path("stripe_dashboard").path("type").asString("");
  }

  private static ObjectNode controller(StripeObject account) {
    return (ObjectNode) account.body().get("controller");
  }
}
