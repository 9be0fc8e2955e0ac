/** The ledger facts that billing tells. */
@NullMarked
package io.cpdevents.payout.balances.messaging;

import org.jspecify.annotations.NullMarked;
