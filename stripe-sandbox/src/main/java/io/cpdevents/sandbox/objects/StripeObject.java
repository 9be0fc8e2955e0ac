package io.cpdevents.sandbox.objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object of Stripe.
 *
 * @param account whose it is
 * @param body what the API shows
 * @param inner what Stripe keeps to itself
 */
public record StripeObject(String account, ObjectNode body, ObjectNode inner) {

  /** A new object with the shape of its kind. */
  public static StripeObject shaped(String account, String kind, String id, long created) {
    ObjectNode body = Shapes.of(kind);
    body.put("id", id);
    body.put("created", created);
    return new StripeObject(account, body, StripeJson.object());
  }

  public String id() {
    return requiredText("id");
  }

  public String kind() {
    return requiredText("object");
  }

  public boolean is(String field, String value) {
    return value.equals(text(field));
  }

  public @Nullable String text(String field) {
    return StripeJson.text(body, field);
  }

  public String requiredText(String field) {
    String text = text(field);
    if (text == null) {
      throw new IllegalStateException("No " + field + " in " + body);
    }
    return text;
  }

  public long number(String field) {
    return body.path(field).longValue();
  }

  /** Whether Stripe remembers this of the object. */
  public boolean innerFlag(String field) {
    return inner.path(field).asBoolean(false);
  }

  /** A number that Stripe remembers of the object, 0 as long as it remembers none. */
  public long innerNumber(String field) {
    return inner.path(field).asLong(0);
  }

  public @Nullable String innerText(String field) {
    return StripeJson.text(inner, field);
  }
}
