package io.cpdevents.sandbox.api;

import org.springframework.http.HttpMethod;
import tools.jackson.databind.node.ObjectNode;

/** One endpoint of Stripe's API. */
public record StripeRoute(HttpMethod method, String path, Handler handler) {

  /** Answers a request, or throws a {@link StripeRefusal}; a POST runs in a transaction. */
  @FunctionalInterface
  public interface Handler {
    ObjectNode answer(StripeRequest request);
  }

  public static StripeRoute get(String path, Handler handler) {
    return new StripeRoute(HttpMethod.GET, path, handler);
  }

  public static StripeRoute post(String path, Handler handler) {
    return new StripeRoute(HttpMethod.POST, path, handler);
  }
}
