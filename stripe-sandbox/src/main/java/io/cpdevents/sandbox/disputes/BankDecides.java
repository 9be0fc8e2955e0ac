package io.cpdevents.sandbox.disputes;

import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.StepHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets the bank decide a dispute by a keyword in the submitted evidence, as in Stripe's test mode:
 * https://docs.stripe.com/testing#evidence.
 */
@Component
class BankDecides implements StepHandler {
  static final String KIND = "bank-decides-dispute";

  private final Disputes disputes;
  private final DecideDispute decideDispute;
  private final EscalateInquiry escalateInquiry;

  BankDecides(Disputes disputes, DecideDispute decideDispute, EscalateInquiry escalateInquiry) {
    this.disputes = disputes;
    this.decideDispute = decideDispute;
    this.escalateInquiry = escalateInquiry;
  }

  /** The decision that a keyword in the evidence requests. */
  private enum Verdict {
    WON,
    LOST,
    ESCALATED
  }

  /** Whether the submitted evidence contains a keyword. */
  static boolean isMovedBy(StripeObject dispute) {
    return verdict(dispute) != null;
  }

  private static @Nullable Verdict verdict(StripeObject dispute) {
    String text = StripeJson.text(dispute.body().get("evidence"), "uncategorized_text");
    if (text == null) {
      return null;
    }
    if (text.contains("winning_evidence")) {
      return Verdict.WON;
    }
    if (text.contains("losing_evidence")) {
      return Verdict.LOST;
    }
    return text.contains("escalate_inquiry_evidence") ? Verdict.ESCALATED : null;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String disputeId) {
    Disputes.Locked locked = disputes.lock(disputeId);
    Verdict verdict = verdict(locked.dispute());
    if (verdict == null || locked.isClosed() || locked.awaitsResponse()) {
      return;
    }
    switch (verdict) {
      case WON -> decideDispute.win(disputeId, null);
      case LOST -> {
        if (locked.isInquiry()) {
          // An inquiry is closed even with losing evidence.
          decideDispute.win(disputeId, null);
        } else {
          decideDispute.lose(disputeId);
        }
      }
      case ESCALATED -> {
        if (locked.isInquiry()) {
          escalateInquiry.handle(disputeId);
        }
      }
    }
  }
}
