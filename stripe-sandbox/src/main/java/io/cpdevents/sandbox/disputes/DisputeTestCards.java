package io.cpdevents.sandbox.disputes;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.disputes.OpenDispute.Wanted;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.paymentmethods.TestCard;
import io.cpdevents.sandbox.paymentmethods.TestMethod;
import io.cpdevents.sandbox.payments.ChargeCaptured;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Opens the disputes of payments with certain test cards, at once or a moment later. */
@Component
class DisputeTestCards implements StepHandler {
  static final String KIND = "dispute-test-card";

  private final StripeObjects objects;
  private final OpenDispute openDispute;
  private final PlannedSteps steps;
  private final SandboxSettings settings;

  DisputeTestCards(
      StripeObjects objects,
      OpenDispute openDispute,
      PlannedSteps steps,
      SandboxSettings settings) {
    this.objects = objects;
    this.openDispute = openDispute;
    this.steps = steps;
    this.settings = settings;
  }

  @EventListener
  void disputeWhen(ChargeCaptured captured) {
    StripeObject charge = captured.charge();
    TestMethod card = TestMethod.of(charge);
    if (card == TestCard.INQUIRED) {
      openDispute.handle(charge, Wanted.usual(DisputeKind.INQUIRY, DisputeReason.FRAUDULENT));
    } else if (card == TestCard.DISPUTED_LATER || card == TestCard.DISPUTED_AS_NOT_RECEIVED) {
      steps.planAfter(settings.disputeDelay(), KIND, charge.id());
    }
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String chargeId) {
    StripeObject charge = objects.lockExisting("charge", chargeId);
    if (charge.body().get("refunded").booleanValue()) {
      // A charge that is completely refunded is not disputed.
      return;
    }
    DisputeReason reason =
        TestMethod.of(charge) == TestCard.DISPUTED_LATER
            ? DisputeReason.FRAUDULENT
            : DisputeReason.PRODUCT_NOT_RECEIVED;
    openDispute.handle(charge, Wanted.usual(DisputeKind.CHARGEBACK, reason));
  }
}
