package io.cpdevents.billing.refunds.web;

import io.cpdevents.billing.refunds.RequestRefund;
import io.cpdevents.billing.refunds.WantedRefund;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.money.Amount;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.text.Prose;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What to give back, and why: an amount, all that is left of some tickets, or all that is left.
 *
 * @param amount not together with tickets
 * @param ticketIds not together with an amount
 * @param reason the buyer can read it
 */
@Schema(
    name = "NewRefund",
    example =
        """
        {"amount": {"amountMinor": 12500, "currency": "CAD"}, "reason": "The speaker is ill."}
        """)
record RefundRequest(
    @Nullable @Amount(Amount.Kind.REFUND) Money amount,
    @Nullable @Size(min = 1, max = RefundRequest.MAX_TICKETS) List<@NotNull UUID> ticketIds,
    @NotBlank @Prose(max = RefundRequest.MAX_REASON_CHARACTERS) String reason)
    implements FieldRules {

  static final int MAX_TICKETS = 20;
  static final int MAX_REASON_CHARACTERS = 500;

  @Override
  public List<FieldError> brokenRules() {
    return WantedRefund.faultsOf(amount, ticketIds);
  }

  RequestRefund.Command toCommand(UUID refundId, UUID paymentId) {
    return new RequestRefund.Command(
        refundId,
        paymentId,
        new WantedRefund(amount, ticketIds == null ? null : Set.copyOf(ticketIds)),
        reason);
  }

  /** Without the reason, which must not be logged. */
  @Override
  public String toString() {
    return "RefundRequest[…]";
  }
}
