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
 * What Stripe has told about an organization's account is taken over, and its owner hears of it.
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
   * Takes over how the account stands.
   *
   * @param told empty: it is not connected to us any more
   * @return the account as it is now
   */
  @Transactional
  PayoutAccount handle(UUID id, Optional<ConnectedAccount> told) {
    PayoutAccount before = accounts.lock(id).orElseThrow();
    Learned learned =
        told.map(connected -> before.found(connected, clock.instant()))
            .orElseGet(() -> before.disconnected(clock.instant()));
    accounts.save(learned.account());
    learned.told().ifPresent(outbox::append);
    return learned.account();
  }
}
