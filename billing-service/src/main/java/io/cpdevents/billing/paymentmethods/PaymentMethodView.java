package io.cpdevents.billing.paymentmethods;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A card, as the people of its organization see it.
 *
 * @param id Stripe's
 * @param expMonth the last month in which it is valid
 * @param isDefault whether it pays the organization's invoices
 */
@Schema(name = "PaymentMethod")
public record PaymentMethodView(
    String id,
    String brand,
    String last4,
    int expMonth,
    int expYear,
    boolean isDefault,
    Status status) {

  /** Whether it can pay. */
  @Schema(name = "PaymentMethodStatus")
  public enum Status {
    VALID,
    /** It ends within 30 days. */
    EXPIRING,
    EXPIRED
  }
}
