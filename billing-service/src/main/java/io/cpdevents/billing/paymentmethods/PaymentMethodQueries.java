package io.cpdevents.billing.paymentmethods;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The read side of payment methods. */
@Component
public class PaymentMethodQueries {

  private final PaymentMethods methods;
  private final Clock clock;

  PaymentMethodQueries(PaymentMethods methods, Clock clock) {
    this.methods = methods;
    this.clock = clock;
  }

  /** The cards of an organization, the default first. */
  @Transactional(readOnly = true)
  public List<PaymentMethodView> ofOrganization(UUID organizationId) {
    Instant now = clock.instant();
    return methods.of(organizationId).stream().map(kept -> view(kept, now)).toList();
  }

  /** Whether an organization has a valid card that pays its next invoice. */
  @Transactional(readOnly = true)
  public boolean canPay(UUID organizationId) {
    return validDefaultOf(organizationId).isPresent();
  }

  /** The valid card of an organization that pays its next invoice. */
  @Transactional(readOnly = true)
  public Optional<String> validDefaultOf(UUID organizationId) {
    return ofOrganization(organizationId).stream()
        .filter(PaymentMethodView::isDefault)
        .filter(method -> method.status() != PaymentMethodView.Status.EXPIRED)
        .map(PaymentMethodView::id)
        .findFirst();
  }

  /** Whether this is the card that pays an organization's invoices. */
  public boolean isDefault(UUID organizationId, String methodId) {
    return methods.defaultOf(organizationId).filter(methodId::equals).isPresent();
  }

  /** A card that there is. */
  public Optional<PaymentMethodView> find(UUID organizationId, String methodId) {
    return ofOrganization(organizationId).stream()
        .filter(method -> method.id().equals(methodId))
        .findFirst();
  }

  private static PaymentMethodView view(PaymentMethods.Kept kept, Instant now) {
    PaymentMethod method = kept.method();
    return new PaymentMethodView(
        method.id(),
        method.brand(),
        method.last4(),
        method.expires().getMonthValue(),
        method.expires().getYear(),
        kept.isDefault(),
        method.status(now));
  }
}
