package io.cpdevents.sandbox.api;

import java.util.Map;

/**
 * A request to the API that has been authenticated.
 *
 * @param account the account that owns the objects: the platform's or that of {@code
 *     Stripe-Account}
 * @param pathVariables the parts of the path in braces
 */
public record StripeRequest(String account, Map<String, String> pathVariables, Params params) {
  /** The id in the path. */
  public String id() {
    String id = pathVariables.get("id");
    if (id == null) {
      throw new IllegalStateException("The route has no {id}");
    }
    return id;
  }
}
