package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.StepHandler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Releases an authorized charge that was not captured within seven days. */
@Component
class ExpireAuthorization implements StepHandler {
  static final String KIND = "expire-authorization";
  static final long AFTER_SECONDS = Duration.ofDays(7).toSeconds();

  private final StripeObjects objects;
  private final Events events;
  private final PaymentIntents intents;
  private final ReleaseAuthorization releaseAuthorization;

  ExpireAuthorization(
      StripeObjects objects,
      Events events,
      PaymentIntents intents,
      ReleaseAuthorization releaseAuthorization) {
    this.objects = objects;
    this.events = events;
    this.intents = intents;
    this.releaseAuthorization = releaseAuthorization;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String chargeId) {
    StripeObject intent = lockIntentOf(chargeId);
    StripeObject charge = objects.lockExisting(Charges.KIND, chargeId);
    if (charge.body().get("captured").booleanValue()
        || charge.body().get("refunded").booleanValue()) {
      return;
    }
    releaseAuthorization.handle(charge, charge.number("amount"), "expired_uncaptured_charge");
    events.record("charge.expired", charge);
    if (intent != null) {
      intents.cancel(intent, "automatic");
    }
  }

  private @Nullable StripeObject lockIntentOf(String chargeId) {
    return objects
        .findAnywhere(Charges.KIND, chargeId)
        .map(charge -> charge.text("payment_intent"))
        .map(id -> objects.lockExisting("payment_intent", id))
        .orElse(null);
  }
}
