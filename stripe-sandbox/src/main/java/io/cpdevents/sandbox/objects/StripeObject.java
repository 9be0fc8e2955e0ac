package io.cpdevents.sandbox.objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object of Stripe.
 *
 * @param account the account that owns it
 * @param body what the API shows
 * @param inner what the API does not show
 */
public record StripeObject(String account, ObjectNode body, ObjectNode inner) {

  private static final String CREATED = "created";

  /** A new object from the template of its kind. */
  public static StripeObject shaped(String account, String kind, String id, long created) {
    ObjectNode body = Shapes.of(kind);
    ObjectNode inner = StripeJson.object();
    body.put("id", id);
    (body.has(CREATED) ? body : inner).put(CREATED, created);
    return new StripeObject(account, body, inner);
  }

  /** When it was created; not every kind shows it. */
  long created() {
    return body.has(CREATED) ? number(CREATED) : innerNumber(CREATED);
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

  /** Whether this inner fact of the object is true. */
  public boolean innerFlag(String field) {
    return inner.path(field).asBoolean(false);
  }

  /** A number among the inner facts of the object; 0 when there is none. */
  public long innerNumber(String field) {
    return inner.path(field).asLong(0);
  }

  public @Nullable String innerText(String field) {
    return StripeJson.text(inner, field);
  }
}
