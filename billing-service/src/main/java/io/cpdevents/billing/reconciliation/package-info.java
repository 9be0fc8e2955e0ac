/** Whether Stripe and the ledger say the same. */
@NullMarked
package io.cpdevents.billing.reconciliation;

import org.jspecify.annotations.NullMarked;
