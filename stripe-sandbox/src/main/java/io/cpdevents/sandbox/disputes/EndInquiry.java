package io.cpdevents.sandbox.disputes;

import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.payments.ChargeRefunded;
import io.cpdevents.sandbox.time.StepHandler;
import java.time.Duration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Closes an inquiry when its charge is completely refunded, or after 120 days. */
@Component
class EndInquiry implements StepHandler {
  static final String KIND = "end-inquiry";
  static final long AFTER_SECONDS = Duration.ofDays(120).toSeconds();
  private static final int MAX_DISPUTES = 100;

  private final StripeObjects objects;
  private final Disputes disputes;

  EndInquiry(StripeObjects objects, Disputes disputes) {
    this.objects = objects;
    this.disputes = disputes;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String disputeId) {
    end(disputeId);
  }

  @EventListener
  void endWhen(ChargeRefunded refunded) {
    StripeObject charge = refunded.charge();
    if (charge.body().get("refunded").booleanValue()
        && charge.body().get("disputed").booleanValue()) {
      objects
          .oldest(
              ObjectQuery.of(charge.account(), Disputes.KIND).with("charge", charge.id()),
              MAX_DISPUTES)
          .forEach(dispute -> end(dispute.id()));
    }
  }

  private void end(String disputeId) {
    Disputes.Locked locked = disputes.lock(disputeId);
    if (locked.isInquiry() && !locked.isClosed()) {
      disputes.close(locked, "warning_closed", locked.dispute().body().deepCopy());
    }
  }
}
