package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Makes and cancels refunds as in Stripe's dashboard, and lets refunds fail. */
@RestController
@RequestMapping(path = "/_sandbox/refunds", produces = MediaType.APPLICATION_JSON_VALUE)
class RefundLevers {
  private final CreateRefund createRefund;
  private final FailRefund failRefund;
  private final SucceedRefund succeedRefund;
  private final CancelRefund cancelRefund;
  private final StripeObjects objects;
  private final ObjectViews views;
  private final ApiTransaction transaction;

  RefundLevers(
      CreateRefund createRefund,
      FailRefund failRefund,
      SucceedRefund succeedRefund,
      CancelRefund cancelRefund,
      StripeObjects objects,
      ObjectViews views,
      ApiTransaction transaction) {
    this.createRefund = createRefund;
    this.failRefund = failRefund;
    this.succeedRefund = succeedRefund;
    this.cancelRefund = cancelRefund;
    this.objects = objects;
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
                        accountOf(chargeId),
                        chargeId,
                        refund.amountMinor(),
                        null,
                        null,
                        StripeJson.object())))));
  }

  private String accountOf(String chargeId) {
    return objects
        .findAnywhere("charge", chargeId)
        .map(StripeObject::account)
        .orElseThrow(() -> StripeRefusal.noSuchParameter("charge", chargeId, "chargeId"));
  }

  @PostMapping("/{id}/failure")
  String fail(@PathVariable String id, @RequestBody(required = false) @Nullable Failure failure) {
    String given = failure == null ? null : failure.reason();
    String reason = given == null ? FailRefund.DEFAULT_REASON : given;
    if (!FailRefund.REASONS.contains(reason)) {
      throw StripeRefusal.invalid(
          null,
          "reason",
          "Invalid reason: must be one of " + String.join(", ", FailRefund.REASONS));
    }
    return StripeJson.write(transaction.run(() -> views.show(failRefund.handle(id, reason))));
  }

  /** Cancels a refund to a card that has succeeded. */
  @PostMapping("/{id}/cancellation")
  String cancel(@PathVariable String id) {
    return StripeJson.write(transaction.run(() -> views.show(cancelRefund.inDashboard(id))));
  }

  /** Gives the destination of a refund in {@code requires_action}, as its customer does. */
  @PostMapping("/{id}/completion")
  String complete(@PathVariable String id) {
    return StripeJson.write(transaction.run(() -> views.show(succeedRefund.answer(id))));
  }
}
