package io.cpdevents.sandbox.radar;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.paymentmethods.TestCard;
import io.cpdevents.sandbox.paymentmethods.TestMethod;
import io.cpdevents.sandbox.payments.ChargeCaptured;
import io.cpdevents.sandbox.payments.ChargeDisputed;
import io.cpdevents.sandbox.payments.ChargeRefunded;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates early fraud warnings. A warning is actionable until its charge is disputed or completely
 * refunded.
 */
@Component
class FraudWarnings {
  static final String KIND = "radar.early_fraud_warning";
  static final String DEFAULT_TYPE = "unauthorized_use_of_card";
  private static final List<String> TYPES =
      List.of(
          "card_never_received",
          "fraudulent_card_application",
          "made_with_counterfeit_card",
          "made_with_lost_card",
          "made_with_stolen_card",
          "misc",
          DEFAULT_TYPE);
  private static final int MAX_WARNINGS = 100;

  /** An inner fact of the charge, so that few refunds and disputes need to look for warnings. */
  private static final String WARNED = "fraud_warning";

  private final StripeObjects objects;
  private final Events events;
  private final SandboxClock clock;

  FraudWarnings(StripeObjects objects, Events events, SandboxClock clock) {
    this.objects = objects;
    this.events = events;
    this.clock = clock;
  }

  /** Creates the warning for a charge that this transaction has locked or added. */
  StripeObject report(StripeObject charge, String type) {
    if (!TYPES.contains(type)) {
      throw StripeRefusal.invalid(
          null, "fraudType", "Invalid fraudType: must be one of " + String.join(", ", TYPES));
    }
    StripeObject warning =
        StripeObject.shaped(charge.account(), KIND, StripeIds.next("issfr"), clock.epochSecond());
    ObjectNode body = warning.body();
    body.put("actionable", isActionable(charge));
    body.put("charge", charge.id());
    body.put("fraud_type", type);
    if (charge.text("payment_intent") != null) {
      body.set("payment_intent", charge.body().get("payment_intent"));
    }
    objects.add(warning);
    charge.inner().put(WARNED, true);
    objects.save(charge);
    events.record("radar.early_fraud_warning.created", warning);
    return warning;
  }

  private static boolean isActionable(StripeObject charge) {
    return !charge.body().get("disputed").booleanValue()
        && !charge.body().get("refunded").booleanValue();
  }

  @EventListener
  void reportWhen(ChargeCaptured captured) {
    if (TestMethod.of(captured.charge()) == TestCard.REPORTED_AS_FRAUD) {
      report(captured.charge(), DEFAULT_TYPE);
    }
  }

  @EventListener
  void updateWhen(ChargeRefunded refunded) {
    update(refunded.charge());
  }

  @EventListener
  void updateWhen(ChargeDisputed disputed) {
    update(disputed.charge());
  }

  private void update(StripeObject charge) {
    if (!charge.innerFlag(WARNED) || isActionable(charge)) {
      return;
    }
    for (StripeObject found :
        objects.oldest(
            ObjectQuery.of(charge.account(), KIND).with("charge", charge.id()), MAX_WARNINGS)) {
      StripeObject warning = objects.lockExisting(KIND, found.id());
      if (warning.body().get("actionable").booleanValue()) {
        ObjectNode before = warning.body().deepCopy();
        warning.body().put("actionable", false);
        objects.save(warning);
        events.recordChange("radar.early_fraud_warning.updated", warning, before);
      }
    }
  }
}
