/** Attempts to take a payment on a page of Stripe: at most one of them is open. */
package io.cpdevents.billing.checkouts;
