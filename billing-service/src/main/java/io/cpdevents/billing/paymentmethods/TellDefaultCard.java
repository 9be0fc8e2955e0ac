package io.cpdevents.billing.paymentmethods;

import io.cpdevents.contracts.billing.SubscriptionEvent.DefaultCardReplaced;
import io.cpdevents.contracts.billing.SubscriptionEvent.PaymentMethodMissing;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * People are told when another card has taken the place of the one that has paid, because that has
 * expired or is gone, and when no valid one is left although a plan goes on: also one that was to
 * end when the card went.
 */
@Component
class TellDefaultCard {

  /** The cards as they were, and as Stripe has told. */
  record Change(List<PaymentMethods.Kept> before, SettlePaymentMethods.Found after) {}

  private final OrganizationCustomers customers;
  private final Outbox outbox;
  private final Clock clock;

  TellDefaultCard(OrganizationCustomers customers, Outbox outbox, Clock clock) {
    this.customers = customers;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Tells it once; the customer is locked. */
  @Transactional(propagation = Propagation.MANDATORY)
  void handle(UUID organizationId, Change change) {
    Instant now = clock.instant();
    SettlePaymentMethods.Found after = change.after();
    Optional<PaymentMethod> payer =
        after.methods().stream()
            .filter(method -> method.id().equals(after.defaultId()) && !method.isExpired(now))
            .findFirst();
    payer.ifPresent(card ->
        change.before().stream()
            .filter(kept -> kept.isDefault() && !kept.isDefault(card.id()))
            .map(PaymentMethods.Kept::method)
            .filter(kept -> isOver(kept, after.methods(), now))
            .forEach(replaced -> outbox.append(replaced(organizationId, replaced, card, now))));
    boolean isLost =
        payer.isEmpty()
            && after.isExpectedToPay()
            && (after.isPaying() || !(change.before().isEmpty() && after.methods().isEmpty()));
    // What is not known to be lost, such as a card that never was, is left as it is: in a trial.
    if ((isLost || payer.isPresent())
        && customers.noteMissingCard(organizationId, isLost)
        && isLost) {
      outbox.append(new PaymentMethodMissing(organizationId, now));
    }
  }

  private static boolean isOver(PaymentMethod card, List<PaymentMethod> present, Instant now) {
    return present.stream()
        .filter(method -> method.id().equals(card.id()))
        .allMatch(method -> method.isExpired(now));
  }

  private static DefaultCardReplaced replaced(
      UUID organizationId, PaymentMethod before, PaymentMethod now, Instant at) {
    return new DefaultCardReplaced(
        organizationId, now.id(), now.brand(), now.last4(), before.brand(), before.last4(), at);
  }
}
