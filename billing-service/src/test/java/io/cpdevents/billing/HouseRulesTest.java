package io.cpdevents.billing;

import io.cpdevents.billing.checkouts.CheckoutStatus;
import io.cpdevents.billing.disputes.DisputeStatus;
import io.cpdevents.billing.payments.PaymentStatus;
import io.cpdevents.billing.refunds.RefundStatus;
import io.cpdevents.billing.webhooks.StripeEventStatus;
import io.cpdevents.platform.test.HouseDocs;
import io.cpdevents.platform.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  @Test
  void the_house_rules_hold() {
    HouseRules.in("io.cpdevents.billing")
        .except("use-case", "RefundablePayments", "what payments let refunds do with a payment")
        .except("use-case", "QuarantinedCharges", "what charges let refunds do with a charge")
        .except("audit", "PreviewRefund", "answers who would bear what and changes nothing")
        .except("audit", "PreviewPlanChange", "answers what it would cost and changes nothing")
        .except("audit", "StartCheckout", "opens Stripe's page, on which nobody has paid yet")
        .except("audit", "RequestSetup", "opens Stripe's page; the card is told when it is saved")
        .except("audit", "ReceiveStripeEvent", "Stripe tells it, signed; its events are kept")
        .except(
            "before-after", "DisputeAnswers", "what an answer changes, Stripe tells: its history")
        .check();
  }

  @Test
  void the_diagrams_show_the_tables() {
    HouseDocs.assertDiagram("payment", PaymentStatus.TRANSITIONS.toMermaid());
    HouseDocs.assertDiagram("checkout", CheckoutStatus.TRANSITIONS.toMermaid());
    HouseDocs.assertDiagram("refund", RefundStatus.TRANSITIONS.toMermaid());
    HouseDocs.assertDiagram("dispute", DisputeStatus.TRANSITIONS.toMermaid());
    HouseDocs.assertDiagram("stripe-event", StripeEventStatus.TRANSITIONS.toMermaid());
  }
}
