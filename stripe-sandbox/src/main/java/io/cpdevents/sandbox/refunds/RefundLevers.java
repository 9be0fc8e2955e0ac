package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.front.StripeAccounts;
import io.cpdevents.sandbox.front.StripeRefusal;
import io.cpdevents.sandbox.front.Work;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Refunds that somebody makes in the dashboard, and refunds that the bank sends back. */
@RestController
@RequestMapping(path = "/_sandbox/refunds", produces = MediaType.APPLICATION_JSON_VALUE)
class RefundLevers {
  private final CreateRefund createRefund;
  private final FailRefund failRefund;
  private final SucceedRefund succeedRefund;
  private final ObjectViews views;
  private final Work work;

  RefundLevers(
      CreateRefund createRefund,
      FailRefund failRefund,
      SucceedRefund succeedRefund,
      ObjectViews views,
      Work work) {
    this.createRefund = createRefund;
    this.failRefund = failRefund;
    this.succeedRefund = succeedRefund;
    this.views = views;
    this.work = work;
  }

  /** Body of {@code POST refunds}; without an amount all that is left goes back. */
  record DashboardRefund(@Nullable String chargeId, @Nullable Long amountMinor) {}

  /** Body of {@code failure}; may be left out. */
  record Failure(@Nullable String reason) {}

  @PostMapping
  String refundInDashboard(@RequestBody DashboardRefund refund) {
    String chargeId = refund.chargeId();
    if (chargeId == null) {
      throw StripeRefusal.missing("chargeId");
    }
    return StripeJson.write(
        work.inTransaction(() ->
            views.show(
                createRefund.handle(
                    new CreateRefund.Wanted(
                        StripeAccounts.PLATFORM,
                        chargeId,
                        refund.amountMinor(),
                        null,
                        null,
                        StripeJson.object())))));
  }

  @PostMapping("/{id}/failure")
  String fail(@PathVariable String id, @RequestBody(required = false) @Nullable Failure failure) {
    String told = failure == null ? null : failure.reason();
    String reason = told == null ? FailRefund.REASON_DEFAULT : told;
    if (!FailRefund.REASONS.contains(reason)) {
      throw StripeRefusal.invalid(
          null,
          "reason",
          "Invalid reason: must be one of " + String.join(", ", FailRefund.REASONS));
    }
    return StripeJson.write(work.inTransaction(() -> views.show(failRefund.handle(id, reason))));
  }

  /** The customer has told where the money of a refund in {@code requires_action} goes. */
  @PostMapping("/{id}/completion")
  String complete(@PathVariable String id) {
    return StripeJson.write(work.inTransaction(() -> views.show(succeedRefund.answer(id))));
  }
}
