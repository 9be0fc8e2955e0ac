package io.cpdevents.payout.payoutaccounts;

import io.cpdevents.payout.payoutaccounts.PayoutAccount.Learned;
import io.cpdevents.payout.stripe.ConnectedAccount;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores the state that an organization's account has at Stripe, and publishes what its owner
 * should know about the change.
 */
@Component
class LearnAboutPayoutAccount {

  private final StoredPayoutAccounts accounts;
  private final Outbox outbox;
  private final Clock clock;

  LearnAboutPayoutAccount(StoredPayoutAccounts accounts, Outbox outbox, Clock clock) {
    this.accounts = accounts;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Stores the account's state at Stripe.
   *
   * @param atStripe the account at Stripe; empty when it is not connected to us any more
   * @return the account as it is now
   */
  @Transactional
  PayoutAccount handle(UUID id, Optional<ConnectedAccount> atStripe) {
    PayoutAccount before = accounts.lock(id).orElseThrow();
    Learned learned =
        atStripe
            .map(connected -> before.found(connected, clock.instant()))
            .orElseGet(() -> before.disconnected(clock.instant()));
    accounts.save(learned.account());
    learned.told().ifPresent(outbox::append);
    return learned.account();
  }
}
