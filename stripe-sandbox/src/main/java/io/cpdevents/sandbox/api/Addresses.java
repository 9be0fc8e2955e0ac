package io.cpdevents.sandbox.api;

import io.cpdevents.sandbox.objects.StripeJson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads addresses, shipping and billing details from parameters. */
public final class Addresses {
  private static final List<String> ADDRESS =
      List.of("city", "country", "line1", "line2", "postal_code", "state");

  private Addresses() {}

  /** The address; null when it is not given. */
  public static @Nullable ObjectNode address(Params params) {
    Params given = params.child("address");
    if (given == null) {
      return null;
    }
    ObjectNode address = StripeJson.object();
    for (String field : ADDRESS) {
      address.put(field, given.text(field));
    }
    return address;
  }

  /** The shipping details; null when they are not given. */
  public static @Nullable ObjectNode shipping(Params params) {
    Params given = params.child("shipping");
    if (given == null) {
      return null;
    }
    ObjectNode address = address(given);
    if (address == null) {
      throw StripeRefusal.missing(given.full("address"));
    }
    ObjectNode shipping = StripeJson.object();
    shipping.set("address", address);
    shipping.put("name", given.requiredText("name"));
    for (String field : List.of("carrier", "phone", "tracking_number")) {
      shipping.put(field, given.text(field));
    }
    return shipping;
  }

  /** Updates the billing details that are given; the others stay. */
  public static void mergeBilling(Params params, ObjectNode billing) {
    Params given = params.child("billing_details");
    if (given == null) {
      return;
    }
    for (String field : List.of("email", "name", "phone", "tax_id")) {
      String text = given.textOrEmpty(field);
      if (text != null) {
        billing.put(field, text.isEmpty() ? null : text);
      }
    }
    ObjectNode address = address(given);
    if (address != null) {
      billing.set("address", address);
    }
  }
}
