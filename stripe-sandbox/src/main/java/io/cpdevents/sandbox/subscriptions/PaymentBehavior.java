package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import java.util.List;
import java.util.Locale;

/** What becomes of a change that cannot be paid at once, Stripe's {@code payment_behavior}. */
enum PaymentBehavior {
  /** It counts all the same, and the subscription is past due. */
  ALLOW_INCOMPLETE,
  /** A new subscription waits for its first payment, which nobody has tried yet. */
  DEFAULT_INCOMPLETE,
  /** Nothing is changed until it is paid. */
  PENDING_IF_INCOMPLETE,
  /** Nothing is changed, and the request is refused. */
  ERROR_IF_INCOMPLETE;

  /** The parameters that nobody can set together with {@link #PENDING_IF_INCOMPLETE}. */
  private static final List<String> NOT_PENDING =
      List.of("cancel_at_period_end", "default_payment_method", "description", "metadata");

  /** Reads that of a new subscription. */
  static PaymentBehavior readFirst(Params params) {
    String given =
        params.oneOf(
            "payment_behavior", "allow_incomplete", "default_incomplete", "error_if_incomplete");
    return given == null ? ALLOW_INCOMPLETE : valueOf(given.toUpperCase(Locale.ROOT));
  }

  /** Reads that of a change. */
  static PaymentBehavior read(Params params) {
    String given =
        params.oneOf(
            "payment_behavior",
            "allow_incomplete",
            "default_incomplete",
            "error_if_incomplete",
            "pending_if_incomplete");
    if (given == null) {
      return ALLOW_INCOMPLETE;
    }
    if (given.equals("default_incomplete")) {
      throw CreateSubscription.notInSandbox(
          "payment_behavior", "changes that are paid later by 'default_incomplete'");
    }
    PaymentBehavior behavior = valueOf(given.toUpperCase(Locale.ROOT));
    if (behavior == PENDING_IF_INCOMPLETE) {
      NOT_PENDING.stream()
          .filter(params::has)
          .findFirst()
          .ifPresent(param -> {
            throw StripeRefusal.invalid(
                null,
                param,
                "You cannot set `%s` when `payment_behavior` is `pending_if_incomplete`."
                    .formatted(param));
          });
    }
    return behavior;
  }
}
