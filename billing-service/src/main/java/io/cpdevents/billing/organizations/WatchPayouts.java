package io.cpdevents.billing.organizations;

import io.cpdevents.billing.ledger.AlignBreaks;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.OpenBreak;
import io.cpdevents.billing.organizations.PayoutBalances.OpenQuestion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finance is told of payouts about which a person has to decide, until payout-service knows the
 * decision.
 */
@Component
public class WatchPayouts {

  private static final String PAYOUTS = "payouts";
  private static final Duration INTERVAL = Duration.ofMinutes(15);

  private static final Map<String, BreakKind> KINDS =
      Map.of(
          "unconfirmed", BreakKind.PAYOUT_UNCONFIRMED,
          "money-left", BreakKind.PAYOUT_MONEY_LEFT,
          "money-missing", BreakKind.PAYOUT_MONEY_MISSING);

  private final OrganizationFunds organizationFunds;
  private final PayoutBalances payoutBalances;
  private final AlignBreaks alignBreaks;
  private final TransactionTemplate transaction;
  private final Clock clock;

  WatchPayouts(
      OrganizationFunds organizationFunds,
      PayoutBalances payoutBalances,
      AlignBreaks alignBreaks,
      TransactionTemplate transaction,
      Clock clock) {
    this.organizationFunds = organizationFunds;
    this.payoutBalances = payoutBalances;
    this.alignBreaks = alignBreaks;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Looks, if it is time to. */
  public void handle() {
    Instant now = clock.instant();
    if (!organizationFunds.isDue(PAYOUTS, now)) {
      return;
    }
    List<OpenQuestion> questions = payoutBalances.openQuestions();
    transaction.executeWithoutResult(_ -> {
      KINDS.forEach((name, kind) -> alignBreaks.handle(kind, breaks(name, kind, questions)));
      organizationFunds.setDue(PAYOUTS, now.plus(INTERVAL));
    });
  }

  private static List<OpenBreak.Command> breaks(
      String name, BreakKind kind, List<OpenQuestion> questions) {
    return questions.stream()
        .filter(question -> question.kind().equals(name))
        .map(question ->
            new OpenBreak.Command(kind, "payout:" + question.payoutId(), null, question.amount()))
        .toList();
  }
}
