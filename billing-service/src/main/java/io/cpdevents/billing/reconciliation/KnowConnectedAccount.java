package io.cpdevents.billing.reconciliation;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** An organization is paid through an account of its own at Stripe, whose balance is followed. */
@Component
public class KnowConnectedAccount {

  /** Whose account it is, and which payout goes through it. */
  public record Command(String stripeAccountId, UUID organizationId, UUID payoutId) {}

  private final ConnectedAccounts accounts;

  KnowConnectedAccount(ConnectedAccounts accounts) {
    this.accounts = accounts;
  }

  /** Remembers it, once. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    accounts.insert(command.stripeAccountId(), command.organizationId());
    accounts.insertPayout(command.payoutId(), command.stripeAccountId());
  }
}
