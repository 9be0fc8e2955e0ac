package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets a refund wait until the customer has given a destination. Stripe asks for it by mail when
 * the payment method does not support refunds.
 */
@Component
class AskForDestination {
  private static final long ANSWER_SECONDS = Duration.ofDays(45).toSeconds();

  private final PlannedSteps steps;
  private final SandboxClock clock;

  AskForDestination(PlannedSteps steps, SandboxClock clock) {
    this.steps = steps;
    this.clock = clock;
  }

  /** Asks for the destination; a refund without an answer fails. */
  void ask(StripeObject refund, StripeObject charge) {
    String email = emailOf(refund, charge);
    if (email == null) {
      throw StripeRefusal.missing("instructions_email");
    }
    long expiresAt = clock.epochSecond() + ANSWER_SECONDS;
    ObjectNode body = refund.body();
    body.put("status", "requires_action");
    body.put("instructions_email", email);
    ObjectNode action = body.putObject("next_action");
    action.put("type", "display_details");
    ObjectNode details = action.putObject("display_details");
    ObjectNode sent = details.putObject("email_sent");
    sent.put("email_sent_at", clock.epochSecond());
    sent.put("email_sent_to", email);
    details.put("expires_at", expiresAt);
    steps.planAt(expiresAt, FailRefund.KIND, refund.id());
  }

  private static @Nullable String emailOf(StripeObject refund, StripeObject charge) {
    String given = refund.text("instructions_email");
    return given != null ? given : StripeJson.text(charge.body().get("billing_details"), "email");
  }
}
