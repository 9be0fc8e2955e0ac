package io.cpdevents.billing;

import io.cpdevents.billing.payments.PaymentStatus;
import io.cpdevents.billing.refunds.RefundStatus;
import io.cpdevents.platform.test.HouseDocs;
import io.cpdevents.platform.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  @Test
  void the_house_rules_hold() {
    HouseRules.in("io.cpdevents.billing")
        .except("time", "SystemTime", "it is the one place for the machine's time")
        .except("repository", "Customers", "moves soon: its SQL has no class of its own")
        .except("repository", "KeepAddress", "moves soon: its SQL belongs to Customers")
        .except("repository", "LedgerInvariants", "moves soon: it reads only, as queries do")
        .except("repository", "BalanceTransactions", "moves soon: its SQL has no class of its own")
        .except("repository", "Breaks", "moves soon: its SQL has no class of its own")
        .except("repository", "Ledger", "moves soon: its SQL has no class of its own")
        .except("repository", "FeeRules", "moves soon: it reads only, as queries do")
        .except("use-case", "BalanceTransactions", "moves soon: each booking is a use case")
        .except("use-case", "Breaks", "moves soon: to open and to resolve are use cases")
        .except("use-case", "CheckPassingStates", "moves soon: each check is a use case")
        .except("use-case", "RefundablePayments", "what payments let refunds do with a payment")
        .except("use-case", "ParkedStripeEvents", "moves soon: the list is a query")
        .except("foreign-event", "KeepAddress", "moves soon: its listener should map the event")
        .except("foreign-event", "CancelPayment", "moves soon: its listener should map the event")
        .except("foreign-event", "OpenPayment", "moves soon: its listener should map the event")
        .except("foreign-event", "AcceptRefund", "moves soon: its listener should map the event")
        .check();
  }

  @Test
  void the_diagrams_show_the_tables() {
    HouseDocs.assertDiagram("payment", PaymentStatus.TRANSITIONS.toMermaid());
    HouseDocs.assertDiagram("refund", RefundStatus.TRANSITIONS.toMermaid());
  }
}
