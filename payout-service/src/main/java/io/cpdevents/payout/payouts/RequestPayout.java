package io.cpdevents.payout.payouts;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Owner or finance of an organization asks for what is available, or for a part of it. */
@Component
public class RequestPayout {

  /**
   * Who wants how much.
   *
   * @param payoutId the same when the same request comes again
   * @param amount null: all that is available
   */
  public record Command(
      UUID payoutId, UUID organizationId, Currency currency, @Nullable Money amount) {}

  private final PlacePayout placePayout;

  RequestPayout(PlacePayout placePayout) {
    this.placePayout = placePayout;
  }

  /**
   * Requests the payout; billing sets it aside next.
   *
   * @throws RuleViolation {@code organization-not-found}, {@code role-missing}, {@code
   *     account-not-ready}, {@code payout-under-way}, {@code nothing-to-pay-out}, {@code
   *     money-withheld} or {@code exceeds-available}
   */
  @Transactional
  public PayoutView handle(Command command, Caller caller) {
    caller.requireRole(command.organizationId(), OrganizationRole.FINANCE);
    return PayoutView.of(
        placePayout.handle(
            new PlacePayout.Command(
                command.payoutId(),
                command.organizationId(),
                command.currency(),
                command.amount())));
  }
}
