package io.cpdevents.billing.paymentmethods;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.stripe.StripePaymentMethods;
import io.cpdevents.billing.stripe.StripePaymentMethods.SetupRequest;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * An organization gets a page of Stripe on which to save a card. Whoever asks twice gets two pages;
 * one that is not used ends by itself.
 */
@Component
public class RequestSetup {

  /** Which organization, and where the page leads when it is over. */
  public record Command(UUID organizationId, String returnUrl) {}

  private static final Logger log = LoggerFactory.getLogger(RequestSetup.class);

  static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final OrganizationCustomers customers;
  private final EnsureOrganizationCustomer ensureCustomer;
  private final SettlePaymentMethods settle;
  private final StripePaymentMethods stripe;

  RequestSetup(
      OrganizationCustomers customers,
      EnsureOrganizationCustomer ensureCustomer,
      SettlePaymentMethods settle,
      StripePaymentMethods stripe) {
    this.customers = customers;
    this.ensureCustomer = ensureCustomer;
    this.settle = settle;
    this.stripe = stripe;
  }

  /**
   * The address of the page.
   *
   * @throws RuleViolation 409 {@code payment-method-refused}, 503 {@code stripe-unavailable}
   */
  public String handle(Command command) {
    try {
      String customerId = ensureCustomer.handle(command.organizationId());
      try {
        return page(customerId, command);
      } catch (StripeRefused refused) {
        return pageOfNewCustomer(customerId, command, refused);
      }
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    } catch (StripeRefused refused) {
      log.error("No page for a card of {}", command.organizationId(), refused);
      throw BillingProblem.PAYMENT_METHOD_REFUSED.violation();
    }
  }

  /** Somebody may have deleted the customer at Stripe, and its event may still be on the way. */
  private String pageOfNewCustomer(String customerId, Command command, StripeRefused refused) {
    settle.handle(customerId);
    String another = ensureCustomer.handle(command.organizationId());
    if (another.equals(customerId)) {
      throw refused;
    }
    return page(another, command);
  }

  private String page(String customerId, Command command) {
    long request = customers.nextRequest(command.organizationId());
    return stripe.createSetupPage(
        new SetupRequest(
            customerId,
            command.returnUrl(),
            SettlePaymentMethods.key(command.organizationId(), request)));
  }
}
