package io.cpdevents.payout.payoutaccounts;

import io.cpdevents.payout.ignoredchanges.IgnoredReason;
import java.time.Clock;
import java.util.Optional;
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

  /**
   * Notes the change.
   *
   * @return why nothing follows from it; empty when Stripe will be asked
   */
  @Transactional
  public Optional<IgnoredReason> handle(String stripeId) {
    if (accounts.noteChange(stripeId, clock.instant())) {
      return Optional.empty();
    }
    return Optional.of(accounts.isKnown(stripeId) ? IgnoredReason.OVER : IgnoredReason.UNKNOWN);
  }
}
