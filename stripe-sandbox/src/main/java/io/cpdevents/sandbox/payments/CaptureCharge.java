package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.PlannedSteps;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Captures an authorized charge, completely or in part; the rest is released. */
@Component
class CaptureCharge {
  private final Events events;
  private final PlannedSteps steps;
  private final SettleCharge settleCharge;
  private final ReleaseAuthorization releaseAuthorization;
  private final ApplicationEventPublisher publisher;

  CaptureCharge(
      Events events,
      PlannedSteps steps,
      SettleCharge settleCharge,
      ReleaseAuthorization releaseAuthorization,
      ApplicationEventPublisher publisher) {
    this.events = events;
    this.steps = steps;
    this.settleCharge = settleCharge;
    this.releaseAuthorization = releaseAuthorization;
    this.publisher = publisher;
  }

  /**
   * Captures a charge that this transaction has locked.
   *
   * @param wanted the amount in minor units; null for all of it
   * @param param the name of the parameter for the amount
   */
  void handle(StripeObject charge, @Nullable Long wanted, String param) {
    requireAuthorized(charge);
    long authorized = charge.number("amount");
    long amount = wanted == null ? authorized : wanted;
    if (amount < 1) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer", param, "This value must be greater than or equal to 1.");
    }
    if (amount > authorized) {
      throw StripeRefusal.invalid(
          "amount_too_large",
          param,
          "The amount to capture (%d) must be no more than the amount that is authorized (%d)."
              .formatted(amount, authorized));
    }
    Amounts.requireStep(amount, charge.requiredText("currency"), param);
    steps.cancel(ExpireAuthorization.KIND, charge.id());
    charge.body().put("captured", true);
    charge.body().put("amount_captured", amount);
    if (amount < authorized) {
      releaseAuthorization.handle(charge, authorized - amount, null);
    }
    settleCharge.settle(charge);
    events.record("charge.captured", charge);
    publisher.publishEvent(new ChargeCaptured(charge));
  }

  private static void requireAuthorized(StripeObject charge) {
    if (charge.body().get("captured").booleanValue()) {
      throw StripeRefusal.wrongState(
          "charge_already_captured",
          null,
          "Charge %s has already been captured.".formatted(charge.id()));
    }
    if (!charge.is("status", "succeeded") || charge.body().get("refunded").booleanValue()) {
      throw StripeRefusal.wrongState(
          "charge_expired_for_capture",
          null,
          "This charge can be captured no more: %s.".formatted(charge.id()));
    }
  }
}
