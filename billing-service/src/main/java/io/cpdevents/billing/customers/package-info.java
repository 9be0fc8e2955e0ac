/** Buyers as customers at Stripe, and the addresses that receipts go to. */
package io.cpdevents.billing.customers;
