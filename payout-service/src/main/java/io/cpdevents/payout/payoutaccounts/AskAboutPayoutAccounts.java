package io.cpdevents.payout.payoutaccounts;

import io.cpdevents.payout.payoutaccounts.StoredPayoutAccounts.Due;
import io.cpdevents.payout.stripe.PayoutAccounts;
import io.cpdevents.platform.stripe.StripeInquiries;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Stripe is asked about accounts of which it has told a change, about all others once a day, and
 * about those whose making was not answered.
 */
@Component
public class AskAboutPayoutAccounts {

  private static final int MAX_BATCH_ROWS = 20;

  /** What fails is tried again after this. */
  private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

  private static final Duration INTERVAL = Duration.ofDays(1);

  private final StoredPayoutAccounts accounts;
  private final OpenPayoutAccount openPayoutAccount;
  private final LearnAboutPayoutAccount learn;
  private final PayoutAccounts stripe;
  private final Clock clock;

  AskAboutPayoutAccounts(
      StoredPayoutAccounts accounts,
      OpenPayoutAccount openPayoutAccount,
      LearnAboutPayoutAccount learn,
      PayoutAccounts stripe,
      Clock clock) {
    this.accounts = accounts;
    this.openPayoutAccount = openPayoutAccount;
    this.learn = learn;
    this.stripe = stripe;
    this.clock = clock;
  }

  /** Asks about a batch. Returns how many it had. */
  public int handle() {
    List<Due> due = accounts.due(clock.instant(), MAX_BATCH_ROWS);
    for (Due each : due) {
      accounts.checkAgain(each.account().id(), clock.instant().plus(RETRY_AFTER));
      StripeInquiries.ask("payout account " + each.account().id(), () -> ask(each));
    }
    return due.size();
  }

  private void ask(Due due) {
    PayoutAccount account = due.account();
    String stripeId = account.stripeId();
    if (stripeId == null) {
      // Its first changes may have been told before we knew its id: it is asked about again.
      openPayoutAccount.handle(account);
      return;
    }
    learn.handle(account.id(), stripe.get(stripeId));
    accounts.checkAgainUnlessTold(account.id(), due.changesTold(), clock.instant().plus(INTERVAL));
  }
}
