package io.cpdevents.billing.customers;

import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A person has another address, so Stripe's receipts go there, and nothing goes to the former one.
 */
@Component
public class TellAddress {

  private final Customers customers;
  private final StripeApi stripe;

  TellAddress(Customers customers, StripeApi stripe) {
    this.customers = customers;
    this.stripe = stripe;
  }

  /**
   * Has the account's customer changed at Stripe, if it has one. Two who do so at once may arrive
   * in either order: whoever finds another address than what it has sent sends again, and whoever
   * has died before that does all of it again.
   *
   * @throws StripeUnavailable when it has to be tried again
   */
  public void handle(UUID accountId) {
    Optional<Sent> sent = send(accountId);
    while (sent.isPresent()) {
      customers.keepEmailAtStripe(accountId, sent.get().stripeId(), sent.get().email());
      String now = customers.address(accountId).orElse(null);
      sent = Objects.equals(now, sent.get().email()) ? Optional.empty() : send(accountId);
    }
  }

  /** What Stripe has now. */
  private record Sent(String stripeId, @Nullable String email) {}

  private Optional<Sent> send(UUID accountId) {
    Customer customer = customers.find(accountId).orElse(null);
    String stripeId = customer == null ? null : customer.stripeId();
    if (stripeId == null || !customers.hasAddress(accountId)) {
      // Nobody yet, or nobody any more: whom Stripe deletes has no address.
      return Optional.empty();
    }
    String email = customers.address(accountId).orElse(null);
    try {
      stripe.changeCustomerEmail(stripeId, email);
    } catch (StripeRefused refused) {
      if (email == null || !stripe.hasCustomer(stripeId)) {
        // Deleted at Stripe: the next payment makes another one, with the address of then.
        return Optional.empty();
      }
      customers.refuse(accountId, email);
      return send(accountId);
    }
    return Optional.of(new Sent(stripeId, email));
  }
}
