/** Compares the ledger with what Stripe says, and settles what is missing in it. */
package io.cpdevents.billing.reconciliation;
