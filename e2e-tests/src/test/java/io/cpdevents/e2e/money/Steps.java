package io.cpdevents.e2e.money;

import io.cpdevents.local.Component;
import java.util.List;
import java.util.Random;

/** Everything that can happen, and how often it does. */
final class Steps {

  /**
   * A step.
   *
   * @param weight how often it is chosen, beside the others
   */
  private record Weighted(int weight, Step step) {}

  private static final List<Weighted> ALL =
      List.of(
          new Weighted(30, new Books()),
          new Weighted(40, new Pays()),
          new Weighted(5, new PaysTwice()),
          new Weighted(6, new PaysSlowly()),
          new Weighted(8, new SlowBankDecides()),
          new Weighted(16, new BuyerCancels()),
          new Weighted(8, new OrganizerCancels()),
          new Weighted(2, new EventIsCancelled()),
          new Weighted(8, new DashboardRefunds()),
          new Weighted(5, new OrganizerRefunds()),
          new Weighted(5, new OrganizerRefundsTickets()),
          new Weighted(5, new BankReturnsRefund()),
          new Weighted(7, new BuyerDisputes()),
          new Weighted(3, new InquiryBecomesChargeback()),
          new Weighted(5, new BankDecidesDispute()),
          new Weighted(3, new OrganizerAnswersDispute()),
          new Weighted(4, new BankChangesItsMind()),
          new Weighted(4, new BankSuspectsFraud()),
          new Weighted(5, new StripeBehaves()),
          new Weighted(3, new BuyerNamesDestination()),
          new Weighted(4, new RefundIsCalledOff()),
          new Weighted(9, new TimePasses()),
          new Weighted(30, new AsksForPayout()),
          new Weighted(3, new CancelsPayout()),
          new Weighted(6, new BankReturnsPayout()),
          new Weighted(2, new FinanceHoldsPayout()),
          new Weighted(4, new AccountChanges()),
          new Weighted(4, new ScheduleChanges()),
          new Weighted(3, new EventIsMoved()),
          new Weighted(3, new OthersSell()),
          new Weighted(8, new WebhooksGoWrong()),
          new Weighted(8, new StripeAnswersBadly()),
          new Weighted(8, new TransactionDies()),
          new Weighted(1, new ProcessDies(Component.BILLING)),
          new Weighted(1, new ProcessDies(Component.REGISTRATION)),
          new Weighted(1, new ProcessDies(Component.PAYOUT)));

  private static final int WEIGHTS = ALL.stream().mapToInt(Weighted::weight).sum();

  private Steps() {}

  static Step any(Random random) {
    int drawn = random.nextInt(WEIGHTS);
    for (Weighted each : ALL) {
      drawn -= each.weight();
      if (drawn < 0) {
        return each.step();
      }
    }
    throw new IllegalStateException("the weights do not add up");
  }
}
