package io.cpdevents.billing.organizations;

import io.cpdevents.billing.ledger.LedgerAccount;
import io.cpdevents.platform.money.Money;
import java.util.UUID;

/**
 * What an organization has in one currency.
 *
 * @param owner whose, and in which currency
 * @param amount by the ledger; negative: it owes the platform
 */
record Funds(Owner owner, Money amount) {

  /** An organization's balances in one currency. */
  record Owner(UUID organizationId, String currency) {

    /** Whose break it is, by its name. */
    static Owner ofBreak(String name) {
      String[] parts = name.split(":", -1);
      return new Owner(UUID.fromString(parts[1]), parts[2]);
    }

    /** The name of its breaks: the account of the ledger and the currency. */
    String breakName() {
      return LedgerAccount.organization(organizationId).name() + ":" + currency;
    }
  }

  static Funds of(UUID organizationId, Money amount) {
    return new Funds(new Owner(organizationId, amount.currency().getCurrencyCode()), amount);
  }
}
