package io.cpdevents.sandbox.front;

import java.util.Map;

/**
 * A request to the API that has been authenticated.
 *
 * @param account whose objects it is about: the platform's, or the one of {@code Stripe-Account}
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
