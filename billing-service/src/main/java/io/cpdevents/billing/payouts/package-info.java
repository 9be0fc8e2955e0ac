/** The ledger's part in payouts, which payout-service makes: it sets money aside and books it. */
package io.cpdevents.billing.payouts;
