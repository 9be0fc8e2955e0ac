package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.test.ChangingEndpoints;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepUpTest {

  /** What asks for none, and why. A new endpoint stands here or has {@link StepUp}. */
  private static final Map<String, String> ASK_FOR_NONE =
      Map.ofEntries(
          Map.entry("previewRefund", "changes nothing"),
          Map.entry("previewPlanChange", "changes nothing"),
          Map.entry("startCheckout", "opens a page at Stripe, where who pays proves it"),
          Map.entry("setUpPaymentMethod", "opens a page at Stripe, where who pays proves it"),
          Map.entry(
              "chooseDefaultPaymentMethod", "is about what the organization pays the platform"),
          Map.entry("removePaymentMethod", "is about what the organization pays the platform"),
          Map.entry("changePlan", "is about what the organization pays the platform"),
          Map.entry("callOffPlanChange", "is about what the organization pays the platform"),
          Map.entry("cancelSubscription", "is about what the organization pays the platform"),
          Map.entry("resumeSubscription", "is about what the organization pays the platform"),
          Map.entry("startTrial", "is about what the organization pays the platform"),
          Map.entry("giveEvidence", "defends money"),
          Map.entry("uploadEvidence", "defends money"),
          Map.entry("settleNow", "repeats what was decided before"),
          Map.entry("replaySettlement", "repeats what was decided before"),
          Map.entry("replayStripeEvent", "repeats what was decided before"),
          Map.entry("reconcileDay", "repeats what was decided before"),
          Map.entry("takeResolutionBack", "stops a correction"),
          Map.entry("rejectResolution", "stops a correction"),
          Map.entry("proposeResolution", "corrects the ledger, by two people, and sends no money"),
          Map.entry("approveResolution", "corrects the ledger, by two people, and sends no money"),
          Map.entry("receiveStripeEvent", "is called by Stripe, which signs it"),
          Map.entry("receiveStripeConnectEvent", "is called by Stripe, which signs it"));

  @Test
  void whatever_gives_money_away_asks_for_a_recent_proof_and_what_does_not_is_named() {
    assertThat(ChangingEndpoints.in("io.cpdevents.billing"))
        .filteredOn(method -> !method.isAnnotatedWith(StepUp.class))
        .extracting(JavaMethod::getName)
        .containsExactlyInAnyOrderElementsOf(ASK_FOR_NONE.keySet());
  }

  @Test
  void a_refund_is_judged_by_its_amount_and_nothing_else_is() {
    assertThat(ChangingEndpoints.in("io.cpdevents.billing"))
        .filteredOn(method ->
            method.isAnnotatedWith(StepUp.class)
                && method.getAnnotationOfType(StepUp.class).byUseCase())
        .extracting(JavaMethod::getName)
        .containsExactly("requestRefund");
  }
}
