/** Compares the ledger with Stripe's records, and books what the ledger lacks. */
package io.cpdevents.billing.reconciliation;
