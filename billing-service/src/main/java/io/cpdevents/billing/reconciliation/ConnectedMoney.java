package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.ledger.Break;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.BreakMoney;
import io.cpdevents.billing.ledger.JournalReferences;
import io.cpdevents.billing.ledger.LedgerAccount;
import io.cpdevents.billing.ledger.Postings;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What has moved an organization's own Stripe account and nobody has told: two people say what it
 * was, and {@code connected} moves as the account has.
 */
@Component
class ConnectedMoney implements BreakMoney {

  private final ConnectedAccounts accounts;

  ConnectedMoney(ConnectedAccounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Set<BreakKind> kinds() {
    return Set.of(BreakKind.CONNECTED_NOT_MATCHED);
  }

  /** Nothing when its journal has come meanwhile. */
  @Override
  public Optional<Standing> lock(Break about) {
    return accounts
        .notMatched(about.stripeId())
        .map(unmatched ->
            new Standing(
                unmatched.amount().negate(),
                Postings.connectedMoved(unmatched.organizationId(), unmatched.amount()),
                JournalReferences.none(),
                unmatched.organizationId()));
  }

  /** Nothing follows: the next comparison finds both alike. */
  @Override
  public void posted(Break about, LedgerAccount account, Standing standing) {}
}
