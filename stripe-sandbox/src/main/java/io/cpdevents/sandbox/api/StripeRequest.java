package io.cpdevents.sandbox.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to the API that has been authenticated.
 *
 * @param account the account that owns the objects: the platform's or that of {@code
 *     Stripe-Account}
 * @param pathVariables the parts of the path in braces
 * @param upload the uploaded file; null for none
 */
public record StripeRequest(
    String account, Map<String, String> pathVariables, Params params, @Nullable Upload upload) {

  /** The id in the path. */
  public String id() {
    return pathVariable("id");
  }

  public String pathVariable(String name) {
    String value = pathVariables.get(name);
    if (value == null) {
      throw new IllegalStateException("The route has no {" + name + "}");
    }
    return value;
  }

  /** Refuses a request with {@code Stripe-Account}, for what only the platform itself may do. */
  public void requirePlatform() {
    if (!account.equals(StripeAccounts.PLATFORM)) {
      throw StripeRefusal.invalid(
          null, null, "Only Stripe Connect platforms can do this: omit the Stripe-Account header.");
    }
  }
}
