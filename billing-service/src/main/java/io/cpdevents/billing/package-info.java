/** Payments, refunds, the Stripe webhook and the ledger. */
@NullMarked
package io.cpdevents.billing;

import org.jspecify.annotations.NullMarked;
