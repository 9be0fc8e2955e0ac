package io.cpdevents.billing.ledger;

import io.cpdevents.platform.foureyes.Proposal;
import io.cpdevents.platform.money.Money;
import java.util.UUID;

/**
 * What somebody has proposed to do with the money of a break.
 *
 * @param account where the money goes, by its name in the ledger
 * @param amount debit positive on the account
 */
record BreakResolution(Proposal proposal, UUID breakId, String account, Money amount) {}
