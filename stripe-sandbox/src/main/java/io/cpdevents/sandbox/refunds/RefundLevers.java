package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.StripeAccounts;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Makes refunds as in Stripe's dashboard, and lets refunds fail. */
@RestController
@RequestMapping(path = "/_sandbox/refunds", produces = MediaType.APPLICATION_JSON_VALUE)
class RefundLevers {
  private final CreateRefund createRefund;
  private final FailRefund failRefund;
  private final ObjectViews views;
  private final ApiTransaction transaction;

  RefundLevers(
      CreateRefund createRefund,
      FailRefund failRefund,
      ObjectViews views,
      ApiTransaction transaction) {
    this.createRefund = createRefund;
    this.failRefund = failRefund;
    this.views = views;
    this.transaction = transaction;
  }

  /** Body of {@code POST refunds}; without an amount, all that is not refunded yet. */
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
        transaction.run(() ->
            views.show(
                createRefund.handle(
                    new CreateRefund.Wanted(
                        StripeAccounts.PLATFORM,
                        chargeId,
                        refund.amountMinor(),
                        null,
                        StripeJson.object())))));
  }

  @PostMapping("/{id}/failure")
  String fail(@PathVariable String id, @RequestBody(required = false) @Nullable Failure failure) {
    String reason = failure == null ? null : failure.reason();
    return StripeJson.write(
        transaction.run(() ->
            views.show(
                failRefund.handle(id, reason == null ? FailRefund.DEFAULT_REASON : reason))));
  }
}
