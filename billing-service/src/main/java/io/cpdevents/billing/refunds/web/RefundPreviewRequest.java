package io.cpdevents.billing.refunds.web;

import io.cpdevents.billing.refunds.WantedRefund;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.money.Amount;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.text.Prose;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The same as a {@link RefundRequest}, so that it can be shown before it is sent.
 *
 * @param reason may be left out, and makes no difference
 */
@Schema(
    name = "RefundToPreview",
    example =
        """
        {"amount": {"amountMinor": 12500, "currency": "CAD"}}
        """)
record RefundPreviewRequest(
    @Nullable @Amount(Amount.Kind.REFUND) Money amount,
    @Nullable @Size(min = 1, max = RefundRequest.MAX_TICKETS) List<@NotNull UUID> ticketIds,
    @Nullable @Prose(max = RefundRequest.MAX_REASON_CHARACTERS) String reason)
    implements FieldRules {

  @Override
  public List<FieldError> brokenRules() {
    return WantedRefund.faultsOf(amount, ticketIds);
  }

  WantedRefund wanted() {
    return new WantedRefund(amount, ticketIds == null ? null : Set.copyOf(ticketIds));
  }

  /** Without the reason, which must not be logged. */
  @Override
  public String toString() {
    return "RefundPreviewRequest[…]";
  }
}
