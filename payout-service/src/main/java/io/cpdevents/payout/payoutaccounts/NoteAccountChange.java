package io.cpdevents.payout.payoutaccounts;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stripe has told that something about an account has changed: it will be asked what. */
@Component
public class NoteAccountChange {

  private final StoredPayoutAccounts accounts;
  private final Clock clock;

  NoteAccountChange(StoredPayoutAccounts accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /** Notes the change; an account that is not an organization's is ignored. */
  @Transactional
  public void handle(String stripeId) {
    accounts.noteChange(stripeId, clock.instant());
  }
}
