package io.cpdevents.billing.paymentmethods;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Somebody changes a card: Stripe does it, and what it says afterwards is taken over. Whoever dies
 * between the two has Stripe's event take it over.
 */
@Component
class ChangeAtStripe {

  /** What Stripe is asked to do, under a key. */
  @FunctionalInterface
  interface Change {
    /** Asks for it. */
    void ask(String customerId, String idempotencyKey);
  }

  /**
   * What is changed.
   *
   * @param action by which the audit log calls it
   * @param before what it says of the card as it was
   * @param after what it says of the card as it is then
   * @param judge refuses what the card does not allow
   */
  record Command(
      ChosenPaymentMethod chosen,
      String action,
      Map<String, String> before,
      Map<String, String> after,
      Consumer<PaymentMethod> judge,
      Change change) {}

  /** What was written before Stripe is asked. */
  private record Intended(String customerId, long request) {}

  private static final Logger log = LoggerFactory.getLogger(ChangeAtStripe.class);

  private final OrganizationCustomers customers;
  private final PaymentMethods methods;
  private final SettlePaymentMethods settle;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;

  ChangeAtStripe(
      OrganizationCustomers customers,
      PaymentMethods methods,
      SettlePaymentMethods settle,
      AuditTrail audit,
      TransactionTemplate transaction) {
    this.customers = customers;
    this.methods = methods;
    this.settle = settle;
    this.audit = audit;
    this.transaction = transaction;
  }

  /** Changes it, and takes over what Stripe says of all cards of the organization. */
  void handle(Command command) {
    UUID organizationId = command.chosen().organizationId();
    Intended intended = Objects.requireNonNull(transaction.execute(_ -> intend(command)));
    try {
      command
          .change()
          .ask(intended.customerId(), SettlePaymentMethods.key(organizationId, intended.request()));
    } catch (StripeRefused refused) {
      settle(intended.customerId());
      // Somebody else may have removed the card.
      if (known(command.chosen()).isPresent()) {
        throw refused(refused);
      }
      throw BillingProblem.PAYMENT_METHOD_NOT_FOUND.violation();
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RequestSetup.RETRY_AFTER);
    }
    settle(intended.customerId());
  }

  private void settle(String customerId) {
    try {
      settle.handle(customerId);
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RequestSetup.RETRY_AFTER);
    } catch (StripeRefused refused) {
      // Another change at the same moment; its event has all taken over.
      throw refused(refused);
    }
  }

  private static RuleViolation refused(StripeRefused refused) {
    log.warn("A change of cards is refused: {}", refused.getMessage());
    return BillingProblem.PAYMENT_METHOD_REFUSED.violation();
  }

  private Intended intend(Command command) {
    ChosenPaymentMethod chosen = command.chosen();
    UUID organizationId = chosen.organizationId();
    PaymentMethod method =
        known(chosen).orElseThrow(BillingProblem.PAYMENT_METHOD_NOT_FOUND::violation);
    command.judge().accept(method);
    String customerId =
        customers
            .find(organizationId)
            .map(OrganizationCustomer::stripeId)
            .orElseThrow(BillingProblem.PAYMENT_METHOD_NOT_FOUND::violation);
    audit.record(
        command.action(),
        "payment-method",
        method.id(),
        organizationId,
        new AuditTrail.Change(command.before(), command.after())
            .with(Map.of("brand", method.brand(), "last4", method.last4())));
    return new Intended(customerId, customers.nextRequest(organizationId));
  }

  private Optional<PaymentMethod> known(ChosenPaymentMethod chosen) {
    return methods.of(chosen.organizationId()).stream()
        .map(PaymentMethods.Kept::method)
        .filter(method -> method.id().equals(chosen.methodId()))
        .findFirst();
  }
}
